import { describe, expect, it } from 'vitest';
import { reactive } from 'vue';
import { mergeOf, useConflict } from '../src/desk/conflict';

interface Form {
  name: string;
  summary: string;
  images: string[];
}
const members = ['name', 'summary', 'images'] as const;
const opened: Form = { name: '箬竹面', summary: '一句', images: ['a'] };

describe('two who change the same', () => {
  it.each<[string, Partial<Form>, Partial<Form>, string[], string[]]>([
    ['nobody anything', {}, {}, [], []],
    ['I alone', { name: '我的' }, {}, [], []],
    ['the other alone', {}, { name: '别人的', images: ['b'] }, ['name', 'images'], []],
    ['each something else', { summary: '我的' }, { name: '别人的' }, ['name'], []],
    ['both the same to the same', { name: '都改' }, { name: '都改' }, [], []],
    ['both the same otherwise', { name: '我的', summary: '我的' }, { name: '别人的', images: [] }, ['images'], ['name']],
    ['both, and the other emptied it', { images: ['a', 'b'] }, { images: [] }, [], ['images']],
  ])('changed it: %s', (_, mine, theirs, taken, asked) => {
    expect(mergeOf(opened, { ...opened, ...mine }, { ...opened, ...theirs }, members)).toEqual({ taken, asked });
  });

  it('are asked about all that differs when nobody knows what was opened', () => {
    expect(mergeOf(null, opened, { ...opened, name: '别人的' }, members)).toEqual({ taken: [], asked: ['name'] });
  });
});

describe('a form in conflict', () => {
  function begin(mine: Partial<Form>) {
    const form = reactive<Form>({ ...opened, ...mine });
    const rebased: Form[] = [];
    return { form, rebased, conflict: useConflict<Form, (typeof members)[number]>(form, members, { opened: () => opened, rebase: (theirs) => void rebased.push(theirs) }) };
  }

  it('takes over what I left alone, keeps what they left alone, and asks about the rest', () => {
    const { form, rebased, conflict } = begin({ name: '我的', summary: '我的' });
    const theirs = { name: '别人的', summary: '一句', images: ['b'] };
    conflict.meet(theirs, true);
    expect(form).toEqual({ name: '我的', summary: '我的', images: ['b'] });
    expect(conflict.taken.value).toEqual(['images']);
    expect(conflict.differences.value).toEqual([{ member: 'name', mine: '我的', theirs: '别人的' }]);
    expect(rebased).toEqual([]);
    conflict.settle(['name']);
    expect(form).toEqual({ name: '别人的', summary: '我的', images: ['b'] });
    expect(rebased).toEqual([theirs]);
    expect([conflict.shown.value, conflict.unsettled()]).toEqual([false, false]);
  });

  it('that is closed without an answer asks again before it is saved', () => {
    const { conflict } = begin({ name: '我的' });
    conflict.meet({ ...opened, name: '别人的' });
    conflict.close();
    expect(conflict.shown.value).toBe(false);
    expect(conflict.unsettled()).toBe(true);
    expect(conflict.shown.value).toBe(true);
  });

  it('tells of what was taken over, though nothing is to be decided', () => {
    const { rebased, conflict } = begin({ name: '我的' });
    conflict.meet({ ...opened, summary: '别人的' });
    expect([conflict.shown.value, conflict.unsettled()]).toEqual([true, false]);
    expect(rebased).toHaveLength(1);
  });

  it('says nothing where another version is the same, unless somebody saved in vain', () => {
    const { conflict } = begin({ name: '我的' });
    conflict.meet({ ...opened });
    expect(conflict.shown.value).toBe(false);
    conflict.meet({ ...opened }, true);
    expect(conflict.shown.value).toBe(true);
  });
});
