/** Money is integer fen everywhere; yuan exist only in what a person reads. */

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function requireWhole(value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole amount: ${value}`);
}

/** 1280 → "12.80", -5 → "-0.05", 123456789 → "1,234,567.89". No floating point is involved. */
export function yuan(fen: number): string {
  requireWhole(fen);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** 1280 → "¥12.80". */
export function money(fen: number): string {
  return fen < 0 ? `-¥${yuan(-fen)}` : `¥${yuan(fen)}`;
}

/** 12345 → "12,345". */
export function count(value: number): string {
  requireWhole(value);
  return `${value < 0 ? '-' : ''}${grouped(String(Math.abs(value)))}`;
}

/** Grams as kilograms with three places, exactly: 12345 → "12.345". */
export function kilograms(grams: number): string {
  requireWhole(grams);
  const digits = String(Math.abs(grams)).padStart(4, '0');
  return `${grams < 0 ? '-' : ''}${grouped(digits.slice(0, -3))}.${digits.slice(-3)}`;
}

/** The net content as a label states it: 500 → "500 g", 1500 → "1.5 kg". */
export function netContent(grams: number): string {
  if (grams < 1000) return `${grams} g`;
  return `${kilograms(grams).replace(/\.?0+$/, '')} kg`;
}

/** The price of 500 g (one jin), rounded to the fen: food of different packs is compared by it. */
export function pricePer500g(price_fen: number, net_content_g: number): number | null {
  if (net_content_g <= 0) return null;
  return Math.floor((price_fen * 1000 + net_content_g) / (2 * net_content_g));
}
