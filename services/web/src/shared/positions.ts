/** Places on the ground: how far and which way one lies from another. */

/** Degrees north and east in WGS84, as a telephone's GPS says them. */
export interface Position {
  latitude: number;
  longitude: number;
}

const earth_radius_km = 6371.0088;

/** 人民广场, from which Shanghai's roads are counted. */
export const shanghai: Position = { latitude: 31.23, longitude: 121.47 };

/** The position of what has one; null where nobody said. */
export function positionOf(thing: { latitude?: number | null; longitude?: number | null } | null | undefined): Position | null {
  const { latitude, longitude } = thing ?? {};
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Along the great circle. */
export function kilometres(from: Position, to: Position): number {
  const across = radians(to.longitude - from.longitude);
  const up = radians(to.latitude - from.latitude);
  const half = Math.sin(up / 2) ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(across / 2) ** 2;
  return 2 * earth_radius_km * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** As it is said to people, who know no nearer where the goods set out: to ten kilometres. */
export const roundKilometres = (km: number): number => Math.round(km / 10) * 10;

export const directions = ['north', 'north_east', 'east', 'south_east', 'south', 'south_west', 'west', 'north_west'] as const;
export type Direction = (typeof directions)[number];

/** In which direction the other one lies as a sketch shows it, whose north is up everywhere. */
export function directionOf(from: Position, to: Position): Direction {
  const north = to.latitude - from.latitude;
  const east = (to.longitude - from.longitude) * Math.cos(radians((from.latitude + to.latitude) / 2));
  const eighths = Math.round((Math.atan2(east, north) * 4) / Math.PI);
  return directions[(eighths + 8) % 8]!;
}

/** The great circle between two places, as so many places on it. */
export function greatCircle(from: Position, to: Position, count = 64): Position[] {
  const vector = ({ latitude, longitude }: Position) => {
    const [phi, lambda] = [radians(latitude), radians(longitude)];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
  };
  const [a, b] = [vector(from), vector(to)];
  return Array.from({ length: count + 1 }, (_, i) => {
    // Straight through the ball and out to its surface: unevenly spread, but on the circle.
    const share = i / count;
    const [x, y, z] = a.map((one_part, axis) => one_part * (1 - share) + b[axis]! * share) as [number, number, number];
    return { latitude: (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, longitude: (Math.atan2(y, x) * 180) / Math.PI };
  });
}
