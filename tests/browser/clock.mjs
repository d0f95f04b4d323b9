/**
 * The clock of the platform under test, where `tests/platform/turned_clock.cpp` is loaded into it: a year passes in
 * minutes. Pages that are opened afterwards go by it, too.
 */

import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const file = process.env.SHANHAI_TURNED_CLOCK;
export const can_turn = Boolean(file);

/** By how many seconds it is ahead of the machine's. */
function ahead() {
  return file ? Number(readFileSync(file).readBigInt64LE(0)) : 0;
}

export const now = () => new Date(Date.now() + ahead() * 1000);

/** Never back: what happened stays in the past. */
export function turnTo(moment) {
  const seconds = Math.round((moment.getTime() - Date.now()) / 1000);
  assert.ok(file, 'SHANHAI_TURNED_CLOCK is needed');
  assert.ok(seconds >= ahead(), `${moment.toISOString()} is over already`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(seconds));
  const opened = openSync(file, 'r+'); // Emptied, it would say 0 for a moment.
  writeSync(opened, bytes, 0, bytes.length, 0);
  closeSync(opened);
}

/** "2027-01-01" in Shanghai, and the moment at which such a day begins there. */
export const dayOf = (moment) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
export const startOf = (day) => new Date(`${day}T00:00:00+08:00`);
export const daysFrom = (moment, days) => dayOf(new Date(moment.getTime() + days * 86_400_000));

/** The pages of this context read the platform's time where they would read the machine's; their timers run on. */
export async function goBy(context) {
  const seconds = ahead();
  if (seconds === 0) return;
  await context.addInitScript((by) => {
    const Machine = Date;
    globalThis.Date = class extends Machine {
      constructor(...given) {
        super(...(given.length > 0 ? given : [Machine.now() + by]));
      }
      static now() {
        return Machine.now() + by;
      }
    };
  }, seconds * 1000);
}
