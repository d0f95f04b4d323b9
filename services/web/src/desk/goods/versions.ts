/** What became of a product's text from one version to the next. */

import type { TextVersion } from './types';

export interface Change {
  member: string;
  before: string;
  after: string;
}

/** "name=…", a line each; what there are several of has several lines. The first line says how it is written. */
function membersOf({ text }: TextVersion): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n').slice(1)) {
    const [, member, value = ''] = /^([a-z_]+)=(.*)$/.exec(line) ?? [];
    if (member === undefined) continue;
    const before = found.get(member);
    found.set(member, before === undefined ? value : `${before}，${value}`);
  }
  return found;
}

export function changesOf(before: TextVersion, after: TextVersion): Change[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  const members = [...new Set([...now.keys(), ...old.keys()])];
  return members.map((member) => ({ member, before: old.get(member) ?? '', after: now.get(member) ?? '' })).filter((one) => one.before !== one.after);
}
