/**
 * A sketch of places from their coordinates alone: points, a graticule, a scale. It draws no border and no coast, since
 * those of a map of China are not anybody's to draw (地图管理条例).
 */

import { greatCircle, kilometres, type Position } from './positions';

export interface Spot {
  key: string;
  name: string;
  position: Position;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Label extends Box {
  text: string;
  /** Whether it stands so far from its spot that a line has to say whose it is. */
  led: boolean;
}

export interface DrawnSpot {
  spot: Spot;
  x: number;
  y: number;
  /** Null where there is no room for it. */
  label: Label | null;
}

export interface GridLine {
  at: number;
  label: Label | null;
}

export interface Sketch {
  spots: DrawnSpot[];
  meridians: GridLine[];
  parallels: GridLine[];
  /** The way between two places, as an SVG path; empty without one. */
  way: string;
  bar: { km: number; width: number };
}

export interface Frame {
  width: number;
  height: number;
  /** Of a letter, in the units of the frame. */
  font: number;
}

export const dot_radius = 5;
const gap = 4;
const span_degrees_min = 0.08;
const label_letters_max = 12;
const grid_steps = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const grid_lines_min = 2;
const bar_kms = [2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const bar_share_max = 0.3;
/** In the widest letters that devices have: DejaVu's. */
const narrow_letter = 0.68;
const wide_letter = /[⺀-￯]/u;

export function textWidth(text: string, font: number): number {
  let letters = 0;
  for (const letter of text) letters += wide_letter.test(letter) ? 1 : narrow_letter;
  return letters * font;
}

export function overlap(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

const within = (box: Box, { width, height }: Frame): boolean => box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;

export type Project = (position: Position) => { x: number; y: number };

/** North is up; a kilometre is as long in all directions in the middle of the sketch. */
export function projection(positions: readonly Position[], frame: Frame): { project: Project; per_degree: number; middle: Position } {
  const [south, north] = [Math.min(...positions.map((one) => one.latitude)), Math.max(...positions.map((one) => one.latitude))];
  const [west, east] = [Math.min(...positions.map((one) => one.longitude)), Math.max(...positions.map((one) => one.longitude))];
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const narrowing = Math.cos((middle.latitude * Math.PI) / 180);
  const room = 1 - 2 * Math.min(0.3, (2.6 * frame.font) / Math.min(frame.width, frame.height));
  const per_degree = Math.min(
    (frame.width * room) / Math.max((east - west) * narrowing, span_degrees_min),
    (frame.height * room) / Math.max(north - south, span_degrees_min),
  );
  return {
    per_degree,
    middle,
    project: ({ latitude, longitude }) => ({
      x: frame.width / 2 + (longitude - middle.longitude) * narrowing * per_degree,
      y: frame.height / 2 - (latitude - middle.latitude) * per_degree,
    }),
  };
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= label_letters_max ? name : `${letters.slice(0, label_letters_max - 1).join('')}…`;
}

/** Where a label may stand, the best first: beside its spot, over and under it, then farther off with a line. */
function places(x: number, y: number, width: number, height: number): (Box & { led: boolean })[] {
  const found: (Box & { led: boolean })[] = [];
  for (const [far, led] of [[dot_radius + gap, false], [dot_radius + 5 * gap, true], [dot_radius + 10 * gap, true], [dot_radius + 16 * gap, true]] as const) {
    const spots = [
      [x + far, y - height / 2], [x - far - width, y - height / 2], [x - width / 2, y - far - height], [x - width / 2, y + far],
      [x + far, y - far - height], [x + far, y + far], [x - far - width, y - far - height], [x - far - width, y + far],
    ] as const;
    for (const [left, top] of spots) found.push({ x: left, y: top, width, height, led });
  }
  return found;
}

/** Gives each spot a place for its name where it covers nothing else; the first ones choose first. */
export function withLabels(spots: readonly { spot: Spot; x: number; y: number }[], taken: readonly Box[], frame: Frame): DrawnSpot[] {
  const full = [...taken, ...spots.map(({ x, y }) => ({ x: x - dot_radius, y: y - dot_radius, width: 2 * dot_radius, height: 2 * dot_radius }))];
  return spots.map((one) => {
    const text = shortened(one.spot.name);
    const free = places(one.x, one.y, textWidth(text, frame.font), frame.font * 1.3).find((place) => within(place, frame) && !full.some((other) => overlap(place, other)));
    if (!free) return { ...one, label: null };
    full.push(free);
    return { ...one, label: { ...free, text } };
  });
}

function linesBetween(low: number, high: number): number[] {
  const count = (step: number) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = grid_steps.find((one) => count(one) >= grid_lines_min) ?? grid_steps[grid_steps.length - 1]!;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, count(step)) }, (_, i) => Number(((first + i) * step).toFixed(2)));
}

function graticule(project: Project, per_degree: number, middle: Position, frame: Frame, dots: readonly Box[]): Pick<Sketch, 'meridians' | 'parallels'> {
  const taken = [...dots];
  const label = (text: string, x: number, y: number): Label | null => {
    const box = { x, y, width: textWidth(text, frame.font * 0.85), height: frame.font * 1.25, text, led: false };
    if (!within(box, frame) || taken.some((other) => overlap(box, other))) return null;
    taken.push(box);
    return box;
  };
  const half_up = frame.height / 2 / per_degree;
  const half_across = frame.width / 2 / per_degree / Math.cos((middle.latitude * Math.PI) / 180);
  return {
    parallels: linesBetween(middle.latitude - half_up, middle.latitude + half_up).map((latitude) => {
      const at = project({ latitude, longitude: middle.longitude }).y;
      return { at, label: label(`${latitude}°N`, 3, at - frame.font * 1.25) };
    }),
    meridians: linesBetween(middle.longitude - half_across, middle.longitude + half_across).map((longitude) => {
      const at = project({ latitude: middle.latitude, longitude }).x;
      return { at, label: label(`${longitude}°E`, at + 3, 1) };
    }),
  };
}

/** How long a round number of kilometres is in the middle of the sketch. */
function scaleBar(per_degree: number, middle: Position, frame: Frame): Sketch['bar'] {
  const km_a_degree = kilometres({ ...middle, latitude: middle.latitude - 0.5 }, { ...middle, latitude: middle.latitude + 0.5 });
  const widthOf = (km: number) => (km / km_a_degree) * per_degree;
  const km = bar_kms.find((one) => widthOf(one) <= frame.width * bar_share_max) ?? bar_kms[bar_kms.length - 1]!;
  return { km, width: widthOf(km) };
}

/** Nothing without a spot. */
export function sketchOf(spots: readonly Spot[], frame: Frame, way: readonly [Position, Position] | null = null): Sketch | null {
  if (spots.length === 0) return null;
  const along = way ? greatCircle(...way) : [];
  const { project, per_degree, middle } = projection([...spots.map((one) => one.position), ...along], frame);
  const at = spots.map((spot) => ({ spot, ...project(spot.position) }));
  const dots = at.map(({ x, y }) => ({ x: x - dot_radius, y: y - dot_radius, width: 2 * dot_radius, height: 2 * dot_radius }));
  const lines = graticule(project, per_degree, middle, frame, dots);
  const points = along.map(project);
  const labels = [...lines.meridians, ...lines.parallels].flatMap((line) => line.label ?? []);
  const on_way = points.map(({ x, y }) => ({ x: x - 1, y: y - 1, width: 2, height: 2 }));
  return { spots: withLabels(at, [...labels, ...on_way], frame), ...lines, way: points.length > 0 ? `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}` : '', bar: scaleBar(per_degree, middle, frame) };
}
