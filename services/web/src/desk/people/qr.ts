/**
 * A QR code (ISO/IEC 18004) of some hundred bytes: byte mode, error correction M, versions 1 to 10. For secrets, which
 * no server draws: the code of a second factor never leaves the page.
 */

interface Version {
  codewords: number;
  /** Of error correction, in each block. */
  correction: number;
  blocks: number;
  alignment: number[];
}
const versions: readonly Version[] = [
  { codewords: 26, correction: 10, blocks: 1, alignment: [] },
  { codewords: 44, correction: 16, blocks: 1, alignment: [6, 18] },
  { codewords: 70, correction: 26, blocks: 1, alignment: [6, 22] },
  { codewords: 100, correction: 18, blocks: 2, alignment: [6, 26] },
  { codewords: 134, correction: 24, blocks: 2, alignment: [6, 30] },
  { codewords: 172, correction: 16, blocks: 4, alignment: [6, 34] },
  { codewords: 196, correction: 18, blocks: 4, alignment: [6, 22, 38] },
  { codewords: 242, correction: 22, blocks: 4, alignment: [6, 24, 42] },
  { codewords: 292, correction: 22, blocks: 5, alignment: [6, 26, 46] },
  { codewords: 346, correction: 26, blocks: 5, alignment: [6, 28, 50] },
];
const dataOf = ({ codewords, correction, blocks }: Version): number => codewords - correction * blocks;
const countBits = (number: number): number => (number < 10 ? 8 : 16);

/** The field of 256 elements in which the correction is reckoned. */
const powers = new Uint8Array(255);
const logs = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i += 1) {
  powers[i] = value;
  logs[value] = i;
  value = value << 1 ^ (value & 0x80 ? 0x11d : 0);
}
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : powers[(logs[a]! + logs[b]!) % 255]!);

/** The remainder of the message by the generator of that degree. */
export function correctionOf(message: readonly number[], degree: number): number[] {
  let generator = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...generator, 0];
    generator.forEach((value, k) => {
      next[k + 1]! ^= times(value, powers[i]!);
    });
    generator = next;
  }
  const rest = [...message, ...new Array<number>(degree).fill(0)];
  for (let i = 0; i < message.length; i += 1) {
    const factor = rest[i]!;
    generator.forEach((value, k) => {
      rest[i + k]! ^= times(value, factor);
    });
  }
  return rest.slice(message.length);
}

function dataCodewords(bytes: Uint8Array, number: number, size: number): number[] {
  const bits: number[] = [];
  const put = (value: number, width: number): void => {
    for (let i = width - 1; i >= 0; i -= 1) bits.push(value >> i & 1);
  };
  put(4, 4); // Bytes.
  put(bytes.length, countBits(number));
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, size * 8 - bits.length));
  put(0, (8 - bits.length % 8) % 8);
  const words = Array.from({ length: bits.length / 8 }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  for (let pad = 0xec; words.length < size; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Blocks with their correction, woven into one another: a spot on the paper hurts each a little. */
function woven(data: number[], { blocks, correction }: Version): number[] {
  const short = Math.floor(data.length / blocks);
  const long_from = blocks - data.length % blocks;
  const parts: number[][] = [];
  for (let i = 0, at = 0; i < blocks; i += 1) {
    const length = short + (i >= long_from ? 1 : 0);
    parts.push(data.slice(at, at + length));
    at += length;
  }
  const corrections = parts.map((part) => correctionOf(part, correction));
  const weave = (rows: number[][], length: number): number[] =>
    Array.from({ length }, (_, i) => rows.map((row) => row[i]).filter((word): word is number => word !== undefined)).flat();
  return [...weave(parts, short + 1), ...weave(corrections, correction)];
}

/** `value` with the remainder that makes it a word of that code. */
function withRemainder(value: number, width: number, divisor: number): number {
  const degree = 31 - Math.clz32(divisor);
  let rest = value << degree;
  for (let i = width + degree - 1; i >= degree; i -= 1) if (rest >> i & 1) rest ^= divisor << (i - degree);
  return value << degree | rest;
}

type Grid = (boolean | null)[][];
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (_, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0, (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => (r * c) % 2 + (r * c) % 3 === 0, (r, c) => ((r * c) % 2 + (r * c) % 3) % 2 === 0, (r, c) => ((r + c) % 2 + (r * c) % 3) % 2 === 0,
];

/** What is the same in every code of that version; null where data comes. */
function frame(number: number, alignment: readonly number[]): Grid {
  const size = 17 + 4 * number;
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null));
  const set = (row: number, column: number, dark: boolean): void => {
    if (row >= 0 && column >= 0 && row < size && column < size) grid[row]![column] = dark;
  };
  const square = (row: number, column: number, reach: number, dark: (ring: number) => boolean): void => {
    for (let r = -reach; r <= reach; r += 1) for (let c = -reach; c <= reach; c += 1) set(row + r, column + c, dark(Math.max(Math.abs(r), Math.abs(c))));
  };
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  const last = alignment.at(-1);
  for (const row of alignment) {
    for (const column of alignment) {
      const at_finder = (row === 6 && column === 6) || (row === 6 && column === last) || (row === last && column === 6);
      if (!at_finder) square(row, column, 2, (ring) => ring !== 1);
    }
  }
  if (number >= 7) {
    const told = withRemainder(number, 6, 0x1f25);
    for (let i = 0; i < 18; i += 1) {
      const [a, b] = [Math.floor(i / 3), size - 11 + i % 3];
      set(a, b, (told >> i & 1) === 1);
      set(b, a, (told >> i & 1) === 1);
    }
  }
  return grid;
}

/** Level and mask, twice; and the one module that is always dark. */
function putFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const told = withRemainder(mask, 5, 0x537) ^ 0x5412; // Level M is 00.
  for (let i = 0; i < 15; i += 1) {
    const dark = (told >> i & 1) === 1;
    grid[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i]![8] = dark;
    grid[8]![i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = dark;
  }
  grid[size - 8]![8] = true;
}

function putData(grid: Grid, words: readonly number[], mask: number): void {
  const size = grid.length;
  const wanted = masks[mask]!;
  let i = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // The column of the timing pattern holds none.
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const row = upward ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (grid[row]![column] !== null) continue;
        const bit = (words[i >> 3] ?? 0) >> (7 - (i & 7)) & 1;
        i += 1;
        grid[row]![column] = (bit === 1) !== wanted(row, column);
      }
    }
  }
}

/** How hard a code is to read: long runs, blocks, what looks like a corner, too much of one colour. */
function penalty(grid: Grid): number {
  const size = grid.length;
  const lines = [...grid, ...grid.map((_, c) => grid.map((row) => row[c]!))].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (let i = 0; i + 11 <= size; i += 1) if (['10111010000', '00001011101'].includes(line.slice(i, i + 11))) sum += 40;
  }
  for (let r = 1; r < size; r += 1) {
    for (let c = 1; c < size; c += 1) if (grid[r]![c] === grid[r - 1]![c] && grid[r]![c] === grid[r]![c - 1] && grid[r]![c] === grid[r - 1]![c - 1]) sum += 3;
  }
  const dark = grid.flat().filter(Boolean).length;
  return sum + 10 * Math.floor(Math.abs(dark * 20 - size * size * 10) / (size * size));
}

/** Rows of dark modules, without the quiet zone; null when the text is longer than the largest version holds. */
export function qrOf(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  const index = versions.findIndex((one, i) => 4 + countBits(i + 1) + bytes.length * 8 <= dataOf(one) * 8);
  if (index < 0) return null;
  const version = versions[index]!;
  const words = woven(dataCodewords(bytes, index + 1, dataOf(version)), version);
  const drawn = masks.map((_, mask) => {
    const grid = frame(index + 1, version.alignment);
    putFormat(grid, mask);
    putData(grid, words, mask);
    return grid;
  });
  const best = drawn.reduce((least, grid) => (penalty(grid) < penalty(least) ? grid : least));
  return best.map((row) => row.map((dark) => dark === true));
}
