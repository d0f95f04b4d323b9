/** Moments travel as UTC; people read them in Shanghai, wherever their phone thinks it is. */

const zone = 'Asia/Shanghai';

/** "2026-11-24T01:02:03Z" → "2026-11-24 09:02" (Shanghai); the text itself when it is no moment. */
export function shanghaiMinute(moment: string): string {
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(time);
}

/** The Shanghai day of a moment: "2026-11-24". A day stays itself. */
export function shanghaiDay(moment: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(moment) ? moment : shanghaiMinute(moment).slice(0, 10);
}

/** What ends is half-open, [from, until): the last day on which it still is, of the day or the moment from which it is not. */
export function lastDay(until: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until);
  const end = Date.parse(day ? `${until}T00:00:00+08:00` : until);
  return Number.isNaN(end) ? until : shanghaiDay(new Date(end - 1).toISOString());
}

/** How many days are left until a last day, in Shanghai. Today is none of them: 0 on the last day itself, below 0 once it is over. */
export function daysLeft(last_day: string, now: Date = new Date()): number {
  const day_ms = 86_400_000;
  return Math.round((Date.parse(last_day) - Date.parse(shanghaiDay(now.toISOString()))) / day_ms);
}

/** "2026-05-01" and 2 → "2026-05-03". */
export function dayAfter(day: string, days: number): string {
  const day_ms = 86_400_000;
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * day_ms).toISOString().slice(0, 10);
}

/** The Shanghai month of now: "2026-11". */
export function shanghaiMonth(now: Date = new Date()): string {
  return shanghaiMinute(now.toISOString()).slice(0, 7);
}

/** Whether a text is a month: "2026-13" is none. */
export const isMonth = (text: string): boolean => /^(19|[2-9]\d)\d\d-(0[1-9]|1[0-2])$/.test(text);

/** "2026-11" and -1 → "2026-10". */
export function monthAfter(month: string, months: number): string {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`;
}
