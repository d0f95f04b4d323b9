/** Places in China as people write and paste them. */

import type { Position } from '../../shared/positions';

/** As trace takes them (proto/openapi/trace.yaml). */
const latitude_min = 3;
const latitude_max = 54;
const longitude_min = 73;
const longitude_max = 136;
const decimals = 5;

/** To a metre. */
const rounded = (degrees: number): number => Number(degrees.toFixed(decimals));

function isInChina({ latitude, longitude }: Position): boolean {
  return latitude >= latitude_min && latitude <= latitude_max && longitude >= longitude_min && longitude <= longitude_max;
}

const number = String.raw`(\d{1,3}(?:\.\d+)?)`;
const below_degree = String.raw`(\d{1,2}(?:\.\d+)?)`;
const side = '([NSEW]|北纬|南纬|东经|西经|纬度|经度|纬|经)?';
const coordinate = new RegExp(String.raw`^${side}:?\s*${number}\s*(?:[°度]\s*(?:${below_degree}\s*['分]\s*(?:${below_degree}\s*(?:"|秒)\s*)?)?)?${side}$`);

type Axis = 'north' | 'east' | 'unsaid' | 'elsewhere';
function axisOf(before: string | undefined, after: string | undefined): Axis {
  if (before && after) return 'elsewhere';
  const said = before ?? after ?? '';
  if (said === '') return 'unsaid';
  if (/^(N|北纬|纬)/.test(said)) return 'north';
  return /^(E|东经|经)/.test(said) ? 'east' : 'elsewhere';
}

function degreesOf([whole, minutes, seconds]: (string | undefined)[]): number | null {
  if (Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return null;
  if (minutes !== undefined && whole!.includes('.')) return null;
  return rounded(Number(whole) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600);
}

interface Coordinate {
  axis: Axis;
  degrees: number | null;
}

function readCoordinate(text: string): Coordinate | null {
  const part = coordinate.exec(text.trim())?.slice(1, 6);
  return part ? { axis: axisOf(part[0], part[4]), degrees: degreesOf(part.slice(1, 4)) } : null;
}

function placeOf(first: Coordinate, second: Coordinate): Position | null {
  if (first.degrees === null || second.degrees === null) return null;
  if (first.axis === 'elsewhere' || second.axis === 'elsewhere') return null;
  if (first.axis !== 'unsaid' && first.axis === second.axis) return null;
  const unsaid = first.axis === 'unsaid' && second.axis === 'unsaid';
  const swapped = unsaid ? first.degrees > latitude_max : first.axis === 'east' || second.axis === 'north';
  const position = swapped ? { latitude: second.degrees, longitude: first.degrees } : { latitude: first.degrees, longitude: second.degrees };
  return isInChina(position) ? position : null;
}

const blank = /[,;、/\s]/;
const before_border = /[°度'分"秒NESW]/;
const after_border = /[NESW北南东西经纬]/;

/**
 * What was typed or pasted: "27.75, 103.89", "103.89，27.75", "N27°45′0″ E103°53′24″", "北纬27度45分 东经103度53分".
 * Which of both is which the bounds of China say where no letter does. Null when it is no place in China.
 */
export function readPosition(text: string): Position | null {
  const plain = text.replace(/º/g, '°').normalize('NFKC').replace(/[′’‘]/g, "'").replace(/''|[”“]/g, '"').replace(/^\((.*)\)$/, '$1').trim().toUpperCase();
  for (let i = 1; i < plain.length; i += 1) {
    const between = blank.test(plain[i]!) ? 1 : 0;
    if (between === 0 && !before_border.test(plain[i - 1]!) && !after_border.test(plain[i]!)) continue;
    const [first, second] = [readCoordinate(plain.slice(0, i)), readCoordinate(plain.slice(i + between))];
    const place = first && second && placeOf(first, second);
    if (place) return place;
  }
  return null;
}

/** As `readPosition` reads it: "27.74891, 103.887". */
export function positionText({ latitude, longitude }: Position): string {
  return `${rounded(latitude)}, ${rounded(longitude)}`;
}
