import { describe, expect, it } from 'vitest';
import type { TextVersion } from '../src/desk/goods/types';
import { changesOf } from '../src/desk/goods/versions';

const version = (n: number, ...lines: string[]): TextVersion => ({ version: n, created_at: '2026-11-28T00:00:00Z', snapshot_hash: '0'.repeat(64), text: ['shanhai-product-text/1', 'name=箬竹面', ...lines, ''].join('\n') });

describe('what a version changed', () => {
  it('is told by member, with what there was and what there is', () => {
    expect(changesOf(version(1, 'summary=高山', 'tag=甲'), version(2, 'summary=高山=新', 'tag=甲', 'tag=乙'))).toEqual([
      { member: 'summary', before: '高山', after: '高山=新' }, { member: 'tag', before: '甲', after: '甲，乙' },
    ]);
  });

  it('is also what came, and what went', () => {
    expect(changesOf(version(1, 'shelf_life_days=30'), version(2, 'image=/media/a.svg'))).toEqual([
      { member: 'image', before: '', after: '/media/a.svg' }, { member: 'shelf_life_days', before: '30', after: '' },
    ]);
    expect(changesOf(version(1), version(2))).toEqual([]);
  });
});
