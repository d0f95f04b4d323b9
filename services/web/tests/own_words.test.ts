/** Whatever is wrong in a form is said in our words: the browser's own follow its language, not the page's. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeTypes, parse, type ElementNode, type TemplateChildNode } from '@vue/compiler-dom';
import { describe, expect, it } from 'vitest';
import chinese from '../src/desk/messages/zh-CN';
import { wordsOf, type Words } from '../src/desk/own_words';

const src = fileURLToPath(new URL('../src', import.meta.url));
const controls = ['input', 'select', 'textarea'];
const rules = ['required', 'pattern', 'min', 'max', 'minlength', 'step'];
const judged_types = ['email', 'url', 'number', 'date', 'datetime-local', 'month', 'time'];

const namesOf = (node: ElementNode): string[] =>
  node.props.map((one) => (one.type === NodeTypes.ATTRIBUTE ? one.name : one.name === 'bind' && one.arg?.type === NodeTypes.SIMPLE_EXPRESSION ? one.arg.content : ''));
const typeOf = (node: ElementNode): string => node.props.flatMap((one) => (one.type === NodeTypes.ATTRIBUTE && one.name === 'type' ? [one.value?.content ?? ''] : []))[0] ?? '';
const isJudged = (node: ElementNode): boolean => controls.includes(node.tag) && (namesOf(node).some((name) => rules.includes(name)) || judged_types.includes(typeOf(node)));

/** Controls of which the browser may find something wrong, and nobody says it in our words, or not to who hears the page. */
function unsaid(template: string): string[] {
  const found: string[] = [];
  const walk = (node: TemplateChildNode, said: '' | 'in a Field' | 'nowhere needed'): void => {
    if (node.type !== NodeTypes.ELEMENT) return;
    const heard = ['aria-invalid', 'aria-describedby'].every((name) => namesOf(node).includes(name));
    if (isJudged(node) && !(said === 'nowhere needed' || (said === 'in a Field' && heard))) found.push(node.loc.source.slice(0, 80));
    const says = node.tag === 'form' && namesOf(node).includes('novalidate') ? 'nowhere needed' : said === '' && node.tag === 'Field' ? 'in a Field' : said;
    node.children.forEach((child) => walk(child, says));
  };
  parse(template).children.forEach((child) => walk(child, ''));
  return found;
}

/** Parts whose form is another file's, which is novalidate. */
const of_such_a_form = ['shop/parts/QuantityStepper.vue', 'shop/parts/ReceiverForm.vue'];

it('a control that the browser judges stands in a Field or in a form that it does not judge', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue') && !of_such_a_form.includes(file));
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((file) => {
    const template = /^<template>\n([^]*?)^<\/template>/m.exec(readFileSync(`${src}/${file}`, 'utf8'))?.[1] ?? '';
    return unsaid(template).map((control) => `${file}: ${control}`);
  });
  expect(faults).toEqual([]);
});

it('finds one that does not', () => {
  expect(unsaid('<form><label>x<input required /></label></form>')).toHaveLength(1);
  expect(unsaid('<form><input :min="from" /><input type="email" /><textarea v-if="a" required></textarea></form>')).toHaveLength(3);
  expect(unsaid('<form novalidate><Field><input required /></Field></form><form><Field><input required :aria-describedby="described" :aria-invalid="wrong" /></Field><input /></form>')).toEqual([]);
  expect(unsaid('<form><Field><input required :aria-invalid="wrong" /></Field></form>')).toHaveLength(1);
});

describe('what the browser finds wrong', () => {
  const t: Words = (key, names = {}) => {
    const [group, name] = key.split('.') as ['form', keyof typeof chinese.form];
    return chinese[group][name].replace(/\{(\w+)\}/g, (_, one: string) => String(names[one]));
  };
  const control = (validity: Partial<ValidityState>, over = {}) => ({ type: 'text', min: '', max: '', minLength: -1, step: '', ...over, validity: { valid: false, ...validity } });
  it.each([
    [control({ valueMissing: true }), '请填写这一项。'],
    [control({ badInput: true, valueMissing: true }, { type: 'date' }), '请填写完整的、日历上有的日期。'],
    [control({ badInput: true }, { type: 'number' }), '请填写数字。'],
    [control({ rangeUnderflow: true }, { type: 'number', min: '1' }), '不能小于 1。'],
    [control({ rangeOverflow: true }, { type: 'datetime-local', max: '2026-11-28T12:00' }), '不能大于 2026-11-28 12:00。'],
    [control({ stepMismatch: true }, { type: 'number' }), '请填写整数。'],
    [control({ tooShort: true }, { minLength: 12 }), '最少 12 个字符。'],
    [control({ patternMismatch: true }), '这样填不行。'],
    [control({ valid: true }), ''],
  ])('is said in ours: %#', (one, words) => expect(wordsOf(one, t)).toBe(words));
});
