import { describe, expect, it } from 'vitest';
import { kilometres, shanghai, type Position } from '../src/shared/positions';
import { dot_radius, overlap, projection, sketchOf, textWidth, type Box, type Frame, type Spot } from '../src/shared/sketch';

const telephone: Frame = { width: 320, height: 190, font: 13 };
const frames: Frame[] = [telephone, { width: 900, height: 320, font: 13 }, { width: 320, height: 190, font: 26 }, { width: 200, height: 190, font: 13 }];

/** The same numbers each time: a failure can be looked at. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const letters = '大关县天星镇筇竹笋基地木杆高山茶园Base 1号';
function spotsFrom(seed: number): Spot[] {
  const random = randomFrom(seed);
  const spread = [0, 0.001, 0.05, 2, 40][Math.floor(random() * 5)]!;
  const middle = { latitude: 5 + random() * 45, longitude: 75 + random() * 58 };
  const inside = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
  return Array.from({ length: 1 + Math.floor(random() * 30) }, (_, i) => ({
    key: String(i),
    name: Array.from({ length: 1 + Math.floor(random() * 20) }, () => letters[Math.floor(random() * letters.length)]).join(''),
    position: { latitude: inside(middle.latitude + (random() - 0.5) * spread, 3, 54), longitude: inside(middle.longitude + (random() - 0.5) * spread, 73, 136) },
  }));
}

describe('the projection', () => {
  const positions: Position[] = [{ latitude: 27.75, longitude: 103.89 }, shanghai];
  it('has the north above and the east to the right, and the middle in the middle', () => {
    const { project, middle } = projection(positions, telephone);
    const [origin, city] = positions.map(project);
    expect(city!.y).toBeLessThan(origin!.y);
    expect(city!.x).toBeGreaterThan(origin!.x);
    expect(project(middle)).toEqual({ x: 160, y: 95 });
  });
  it('makes a kilometre as long to the north as to the east', () => {
    for (const latitude of [4, 27.75, 53]) {
      const { project, middle } = projection([{ latitude: latitude - 0.1, longitude: 100 }, { latitude: latitude + 0.1, longitude: 100.2 }], telephone);
      const up = { ...middle, latitude: middle.latitude + 0.05 };
      const across = { ...middle, longitude: middle.longitude + 0.05 };
      const a_km_up = (project(middle).y - project(up).y) / kilometres(middle, up);
      const a_km_across = (project(across).x - project(middle).x) / kilometres(middle, across);
      expect(a_km_up / a_km_across).toBeCloseTo(1, 2);
    }
  });
  it('shows one place alone with some ground around it', () => {
    const sketch = sketchOf([{ key: '1', name: '基地', position: positions[0]! }], telephone)!;
    expect(sketch.spots[0]).toMatchObject({ x: 160, y: 95 });
    expect(sketch.bar.km).toBeLessThanOrEqual(5);
    expect(sketch.meridians.length).toBeGreaterThan(0);
  });
  it('has a bar that is as long as it says', () => {
    for (const frame of frames) {
      const sketch = sketchOf([{ key: '1', name: '大关', position: positions[0]! }, { key: '2', name: '上海', position: shanghai }], frame, [positions[0]!, shanghai])!;
      const { project, middle } = projection(positions, frame);
      const east = { ...middle, longitude: middle.longitude + 0.1 };
      const a_km = (project(east).x - project(middle).x) / kilometres(middle, east);
      expect(sketch.bar.width / sketch.bar.km / a_km).toBeGreaterThan(0.9);
      expect(sketch.bar.width / sketch.bar.km / a_km).toBeLessThan(1.1);
      expect(sketch.bar.width).toBeLessThanOrEqual(frame.width * 0.3);
      expect(sketch.way.startsWith('M')).toBe(true);
    }
  });
  it('is nothing without a place', () => {
    expect(sketchOf([], telephone)).toBeNull();
  });
});

describe('the names', () => {
  it('cover neither each other nor a place nor the numbers of the lines, and stay on the sketch', () => {
    let named = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const spots = spotsFrom(seed);
      for (const frame of frames) {
        const sketch = sketchOf(spots, frame)!;
        const labels: Box[] = [...sketch.spots, ...sketch.meridians, ...sketch.parallels].flatMap((one) => one.label ?? []);
        named += sketch.spots.filter((one) => one.label).length;
        for (const [i, label] of labels.entries()) {
          const where = `seed ${seed}, ${frame.width} × ${frame.height}`;
          expect(label.x >= 0 && label.y >= 0 && label.x + label.width <= frame.width && label.y + label.height <= frame.height, where).toBe(true);
          expect(labels.slice(i + 1).some((other) => overlap(label, other)), where).toBe(false);
          expect(sketch.spots.some(({ x, y }) => overlap(label, { x: x - dot_radius, y: y - dot_radius, width: 2 * dot_radius, height: 2 * dot_radius })), where).toBe(false);
        }
        for (const { x, y } of sketch.spots) expect(x >= dot_radius && x <= frame.width - dot_radius && y >= dot_radius && y <= frame.height - dot_radius, `seed ${seed}`).toBe(true);
      }
    }
    expect(named).toBeGreaterThan(5000);
  });
  it('are all there where there is room: the county, the base and Shanghai', () => {
    for (const [latitude, longitude] of [[27.75, 103.89], [21.98, 100.3], [37.89, 77.44], [32.69, 100.72], [24.27, 97.89]] as const) {
      const spots = [{ key: 'origin', name: '天星镇筇竹笋基地', position: { latitude, longitude } }, { key: 'shanghai', name: '上海', position: shanghai }];
      const sketch = sketchOf(spots, telephone, [spots[0]!.position, shanghai])!;
      expect(sketch.spots.map((one) => one.label?.text)).toEqual(['天星镇筇竹笋基地', '上海']);
      const way = [...sketch.way.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y), width: 0.1, height: 0.1 }));
      expect(way.length).toBeGreaterThan(20);
      for (const { label } of sketch.spots) expect(way.some((point) => overlap(label!, point))).toBe(false);
    }
  });
  it('are cut where they are long', () => {
    const sketch = sketchOf([{ key: '1', name: '一二三四五六七八九十一二三四', position: shanghai }], { width: 900, height: 320, font: 13 })!;
    expect(sketch.spots[0]!.label!.text).toBe('一二三四五六七八九十一…');
    expect(textWidth('大关 km', 10)).toBeCloseTo(40.4);
  });
});
