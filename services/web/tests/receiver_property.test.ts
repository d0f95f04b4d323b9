import { describe, expect, it } from 'vitest';
import { readReceiver } from '../src/shop/receiver_text';
import { dice, send, silentFaults } from './receiver_senders';

/** Some hundred thousand with other seeds were looked at while it was written; so many are for every day. */
const texts = 2_000;
const time_limit_ms = 60_000;

describe('a receiver in any order, with any labels, and anything between', () => {
  it('is right, or asked about, and nothing of it is lost', () => {
    const roll = dice(20_261_128);
    const wrong: string[] = [];
    for (let i = 0; i < texts; i += 1) {
      const sent = send(roll);
      const read = readReceiver(sent.text);
      const faults = silentFaults(sent, read);
      if (faults.length > 0) wrong.push(`${JSON.stringify(sent.text)}: ${faults.join('; ')} ${JSON.stringify(read)}`);
    }
    expect(wrong).toEqual([]);
  }, time_limit_ms);

  it('asks only where there is a reason', () => {
    const roll = dice(8);
    const clear = Array.from({ length: texts }, () => send(roll)).filter((sent) => sent.clear).map((sent) => readReceiver(sent.text));
    const sure = clear.filter(({ name, phone, address }) => [name, phone, address].every(({ state }) => state === 'sure'));
    expect(clear.length).toBeGreaterThan(100);
    expect(clear.filter(({ phone, address }) => phone.text === '' || address.text === '')).toEqual([]);
    expect(sure.length / clear.length).toBeGreaterThan(0.7); // The others are called 我 or 次仁, or live in 景东.
  }, time_limit_ms);
});
