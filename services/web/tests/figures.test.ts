import { expect, it } from 'vitest';
import { application_states } from '../src/desk/office/types';
import { daysOf, inOrder, listOf, waitBefore, type Wait } from '../src/desk/office/figures';

it('each figure leads to the list of what it counts', () => {
  expect(listOf('applied', { batch_id: 3 })).toEqual({ batch_id: '3', step: 'SUBMIT' });
  expect(listOf('certified', { batch_id: 3 }, { county: '530624' })).toEqual({ batch_id: '3', step: 'SUBMIT', state: 'CERTIFIED', county: '530624' });
  expect(listOf('returned', { batch_id: 3 }, { category: 'tea' })).toEqual({ batch_id: '3', step: 'RETURN', category: 'tea' });
});

it('figures of a year lead to its batches, whatever their scheme', () => {
  expect(listOf('suspended', { year: 2027 }, { scheme: 'MINHANG_YOUPIN' })).toEqual({ year: '2027', step: 'SUBMIT', certification_state: 'SUSPENDED', scheme: 'MINHANG_YOUPIN' });
  // Those handed in that are neither certified nor rejected nor withdrawn, whichever states there will be.
  const undecided = application_states.filter((state) => !['CERTIFIED', 'REJECTED', 'WITHDRAWN'].includes(state));
  expect(listOf('open', { year: 2027 })).toEqual({ year: '2027', step: 'SUBMIT', state: undecided.join(',') });
  expect(listOf('open', { batch_id: 3 }, { county: '530624' })).toEqual({ batch_id: '3', step: 'SUBMIT', state: undecided.join(','), county: '530624' });
});

it('what no list tells apart leads nowhere', () => {
  expect(listOf('applied', { batch_id: 3 }, { county: null })).toBeNull();
  expect(listOf('applied', { batch_id: 3 }, { category: null })).toBeNull();
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
  expect(inOrder([wait('SUBMIT'), wait('PUBLISH_NOTICE'), wait('RETURN'), wait('BEGIN_REVIEW')]).map((one) => one.action)).toEqual(['BEGIN_REVIEW', 'RETURN', 'SUBMIT', 'PUBLISH_NOTICE']);
});

it('the year before stands beside the same step', () => {
  const wait: Wait = { action: 'CERTIFY', count: 1, median_hours: 48, ninetieth_hours: 240 };
  const nothing = { applied: 0, returned: 0, recommended: 0, certified: 0, rejected: 0, withdrawn: 0, suspended: 0, open: 0 };
  const before = { total: nothing, schemes: [], counties: [], categories: [], waits: [wait] };
  expect(waitBefore(before, { ...wait, median_hours: 24 })).toEqual({ median: '2', ninetieth: '10' });
  expect(waitBefore(before, { ...wait, action: null })).toBeNull();
});
