import { describe, expect, it } from 'vitest';
import { weaveItems, type PlaylistItem } from '../src/desk/platform/playlist';

const item = (product_id: number, seconds = 15): PlaylistItem => ({ product_id, from: '2026-05-01T00:00', to: '2026-06-01T00:00', seconds });
const opened = [item(1), item(2)];

describe('a playlist that two change at once', () => {
  it.each([
    ['one adds, the other changes the seconds', [item(1, 30), item(2)], [item(1), item(2), item(3)], [item(1, 30), item(2), item(3)]],
    ['one takes out, the other adds', [item(2)], [item(1), item(2), item(3)], [item(2), item(3)]],
    ['the other takes out', [item(1), item(2, 20)], [item(2)], [item(2, 20)]],
    ['one moves up, the other changes', [item(2), item(1)], [item(1, 60), item(2)], [item(2), item(1, 60)]],
    ['both do the same', [item(1, 30), item(2)], [item(1, 30), item(2)], [item(1, 30), item(2)]],
    ['the same product a second time', [item(1), item(2), item(1, 5)], [item(1), item(2, 9)], [item(1), item(2, 9), item(1, 5)]],
  ])('keeps both: %s', (_what, mine, theirs, both) => {
    expect(weaveItems(opened, mine, theirs)).toEqual(both);
  });

  it.each([
    ['both change one item otherwise', [item(1, 30), item(2)], [item(1, 60), item(2)]],
    ['one takes out what the other changes', [item(2)], [item(1, 60), item(2)]],
    ['both add the same product otherwise', [...opened, item(3, 5)], [...opened, item(3, 9)]],
  ])('asks where only one can be had: %s', (_what, mine, theirs) => {
    expect(weaveItems(opened, mine, theirs)).toBeNull();
  });
});
