import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { phonesIn, plain, visible } from '../src/shop/receiver_phone';
import { pasted_max, readReceiver, type ReceiverReading } from '../src/shop/receiver_text';
import { receiver_cases } from './receiver_cases';

const states = ({ name, phone, address }: ReceiverReading) => [name, phone, address].map(({ state }) => state[0]).join('');

/** What the services' own test says of telephone numbers. */
const of_services = readFileSync(new URL('../../vocabulary/tests/phone_test.cpp', import.meta.url), 'utf8');
const unquoted = (text: string) => JSON.parse(`"${text}"`) as string;
const taken = [...of_services.matchAll(/\{"([^"]+)", "([\d-]+)"\}/g)].map(([, written, meant]) => [unquoted(written!), meant!] as const);
const refusals = /RefusesWhatCannotBe[^]*?\{(?<list>"[^]*?)\}\)/.exec(of_services)!.groups!.list!;
const refused = [...refusals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, written]) => (/^$|\\x/.test(written!) ? [] : [unquoted(written!)]));
const found = (written: string) => phonesIn(plain(visible(written)));

describe('a telephone number in a text', () => {
  it.each(taken)('%j is found where the services take it', (written, meant) => {
    const [line, extension] = meant.split('-');
    expect(found(written).map(({ digits, value }) => [digits, value.split('转')[1]])).toEqual([[line, extension]]);
  });

  it.each(refused)('%j is not said to be one, since the services refuse it', (written) => {
    expect(found(written).filter(({ certain, start, end }) => certain && start === 0 && end === written.length)).toEqual([]);
  });

  it('was compared with every case of theirs', () => {
    expect(taken.length).toBeGreaterThan(20);
    expect(refused.length).toBeGreaterThan(20);
  });
});

describe('a pasted receiver', () => {
  it.each(receiver_cases)('%j', (text, name, phone, address, certain, left = []) => {
    const read = readReceiver(text);
    expect([read.name.text, read.phone.text, read.address.text, states(read), read.left]).toEqual([name, phone, address, certain, left]);
  });

  it('is not looked for in what is longer than any', () => {
    const text = `张三 13812345678 ${'上海市闵行区'.repeat(pasted_max)}`;
    expect(readReceiver(text)).toMatchObject({ name: { text: '', state: 'missing' }, phone: { text: '' }, address: { text: '' }, left: [text] });
  });

  it.each(['🙂'.repeat(400), ')('.repeat(400), '收货人：'.repeat(200), '- '.repeat(400), '1'.repeat(800), '+86'.repeat(260), '【'.repeat(800), '\ud800张三'])('is read to its end, whatever it is: %.12s…', (text) => {
    expect(readReceiver(text).phone.state).toBe('missing');
  });
});
