/** Areas, yields and days of lots, as people write and read them. */

import { daysLeft } from '../../shared/moments';

const over_percent = 110;
export const near_days = 60;

/** "120.5" → 12050; null when it is no area with two decimals at most. */
export function muOf(text: string): number | null {
  const [, whole, decimals = ''] = /^(\d{1,5})(?:[.。](\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  const mu_x100 = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return mu_x100 > 0 ? mu_x100 : null;
}

/** 12050 → "120.5", 12000 → "120". */
export function muText(mu_x100: number): string {
  const decimals = mu_x100 % 100;
  return `${Math.floor(mu_x100 / 100)}${decimals === 0 ? '' : `.${String(decimals).padStart(2, '0').replace(/0$/, '')}`}`;
}

/** The most that the lots of one year weigh together, in whole kilograms. */
export function boundKg(mu_x100: number, yield_kg_per_mu: number): number {
  return Math.floor((mu_x100 * yield_kg_per_mu * over_percent) / 10_000);
}

/** How many days a lot has left until it expires; null when it does not. */
export const daysToExpiry = (expiry: string | null, now: Date = new Date()): number | null => (expiry === null ? null : daysLeft(expiry, now));

export function lotState(lot: { saleable: boolean; expiry_date: string | null }, now: Date = new Date()): 'blocked' | 'expired' | 'near' | 'saleable' {
  const left = daysToExpiry(lot.expiry_date, now);
  if (!lot.saleable) return 'blocked';
  if (left !== null && left <= 0) return 'expired';
  return left !== null && left <= near_days ? 'near' : 'saleable';
}
export const lot_tones = { blocked: 'bad', expired: 'bad', near: 'warn', saleable: 'good' } as const;
