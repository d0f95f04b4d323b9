import { expect, it } from 'vitest';
import { daysOf, inOrder, listOf, type Wait } from '../src/desk/office/figures';

it('each figure leads to the list of what it counts', () => {
  expect(listOf('applied', 3)).toEqual({ batch_id: '3', step: 'SUBMIT' });
  expect(listOf('certified', 3, { county: '530624' })).toEqual({ batch_id: '3', step: 'SUBMIT', state: 'CERTIFIED', county: '530624' });
  expect(listOf('returned', 3, { category: 'tea' })).toEqual({ batch_id: '3', step: 'RETURN', category: 'tea' });
});

it('what no list tells apart leads nowhere', () => {
  expect(listOf('open', 3)).toBeNull();
  expect(listOf('applied', 3, { county: null })).toBeNull();
  expect(listOf('applied', 3, { category: null })).toBeNull();
});

it.each([
  [0, '0'],
  [2, '0.1'],
  [238, '9.9'],
  [239, '10'],
  [298, '12'],
])('%d hours are %s days', (hours, days) => expect(daysOf(hours)).toBe(days));

it('waits stand in the order of the way, the whole of it last', () => {
  const wait = (action: Wait['action']): Wait => ({ action, count: 1, median_hours: 1, ninetieth_hours: 1 });
  expect(inOrder([wait(null), wait('CERTIFY'), wait('RECOMMEND')]).map((one) => one.action)).toEqual(['RECOMMEND', 'CERTIFY', null]);
});
