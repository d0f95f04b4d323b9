import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { byDay, kinds, kindsFor, namesOf, placeOf, toneOf, type Message } from '../src/desk/inbox/inbox';
import chinese from '../src/desk/inbox/messages/zh-CN';
import english from '../src/desk/inbox/messages/en';

const message = (over: Partial<Message>): Message => ({
  message_id: 1, kind: 'CERTIFIED', at: '2026-11-28T01:00:00Z', due_on: null, unread: true, settled: false, application_id: null, product_id: null, product_name: null,
  certification_id: null, edition_id: null, proposal_id: null, onboarding_id: null, proposed: null, scheme: null, year: null, lot_id: null, lot_code: null, merchant_id: null, merchant_name: null, reason: '', ...over,
});

describe('a message', () => {
  it('is of a kind that proto/openapi knows, and has a name and a sentence in both languages', () => {
    const contract = readFileSync(fileURLToPath(new URL('../../../proto/openapi/messages.yaml', import.meta.url)), 'utf8');
    const [, listed = ''] = /MessageKind:[\s\S]*?enum: \[([^\]]*)\]/.exec(contract) ?? [];
    expect(listed.split(',').map((one) => one.trim())).toEqual([...kinds]);
    for (const texts of [chinese, english]) {
      expect(Object.keys(texts.kind)).toEqual([...kinds]);
      expect(Object.keys(texts.name)).toEqual([...kinds]);
    }
  });

  it.each([
    [message({ kind: 'APPLICATION_RETURNED', application_id: 5, product_id: 3 }), { to: { name: 'application', params: { application_id: 5 } } }],
    [message({ kind: 'EDITION_PUBLISHED', edition_id: 6, product_id: 3 }), { href: '/editions/6' }],
    [message({ kind: 'LOT_BLOCKED', lot_id: 9, product_id: 3 }), { to: { name: 'lot', params: { lot_id: 9 } } }],
    [message({ kind: 'CERTIFICATION_ENDS_30', certification_id: 4, product_id: 3 }), { to: { name: 'ending' } }],
    [message({ kind: 'CERTIFICATION_REVOKED', certification_id: 4, product_id: 3 }), { to: { name: 'product', params: { product_id: 3 } } }],
    [message({ kind: 'PROPOSAL_TO_ANSWER', proposal_id: 8, proposed: 'REVOKED', certification_id: 4, product_id: 3 }), { to: { name: 'proposals' } }],
    [message({ kind: 'PROPOSAL_TO_ANSWER', settled: true, proposal_id: 8, certification_id: 4, product_id: 3 }), { to: { name: 'certification', params: { certification_id: 4 } } }],
    [message({ kind: 'PROPOSAL_AGREED', proposal_id: 8, certification_id: 4, product_id: 3 }), { to: { name: 'certification', params: { certification_id: 4 } } }],
    [message({ kind: 'OBJECTION_TO_ANSWER', application_id: 5, product_id: 3 }), { to: { name: 'application', params: { application_id: 5 } } }],
    [message({ kind: 'HOUSE_TO_VERIFY', onboarding_id: 2, merchant_name: '合作社' }), { to: { name: 'onboarding', params: { onboarding_id: 2 } } }],
    [message({ kind: 'MERCHANT_VERIFIED' }), { to: { name: 'products' } }],
    [message({ kind: 'MERCHANT_STOPPED', merchant_id: 2 }), {}],
    [message({ kind: 'OF_NEXT_YEAR' }), {}],
  ])('leads to where one acts: %#', (one, place) => {
    expect(placeOf(one, ['merchant'])).toEqual(place);
  });

  it('leads an operator to the merchant', () => {
    expect(placeOf(message({ kind: 'MERCHANT_STOPPED', merchant_id: 2 }), ['operator'])).toEqual({ to: { name: 'merchant', params: { merchant_id: 2 } } });
  });

  it('looks as serious as it is', () => {
    expect(toneOf('LOT_BLOCKED')).toBe('bad');
    expect(toneOf('APPLICATION_RETURNED')).toBe('warn');
    expect(toneOf('CERTIFIED')).toBe('good');
    expect(toneOf('OF_NEXT_YEAR')).toBe('info');
  });

  it('names the product by its number where nobody knew its name', () => {
    expect(namesOf(message({ product_id: 3 })).product).toBe('#3');
    expect(namesOf(message({ product_id: 3, product_name: '箬竹面' })).product).toBe('箬竹面');
  });
});

it('messages stand by the days of Shanghai, each day once', () => {
  const days = byDay([
    message({ message_id: 4, at: '2026-11-28T16:30:00Z' }), message({ message_id: 3, at: '2026-11-28T01:00:00Z' }), message({ message_id: 2, at: '2026-11-28T17:00:00Z' }),
  ]);
  expect(days.map(({ day, messages }) => [day, messages.map((one) => one.message_id)])).toEqual([['2026-11-29', [4, 2]], ['2026-11-28', [3]]]);
});

it('an office filters by what waits for it, a house by what is its own', () => {
  expect(kindsFor(['certifier'])).toEqual(['APPLICATION_TO_RECOMMEND', 'APPLICATION_TO_REVIEW', 'OBJECTION_TO_ANSWER', 'PROPOSAL_TO_ANSWER', 'PROPOSAL_AGREED', 'PROPOSAL_REFUSED', 'PROPOSAL_TAKEN_BACK', 'PROPOSAL_OVERTAKEN']);
  expect(kindsFor(['merchant'])).not.toContain('APPLICATION_TO_REVIEW');
  expect(kindsFor(['merchant'])).toContain('APPLICATION_RETURNED');
  expect(kindsFor(['merchant'])).not.toContain('HOUSE_TO_VERIFY');
  expect(kindsFor(['operator'])).toContain('HOUSE_TO_VERIFY_SECOND');
  expect(kindsFor([])).toEqual([]);
});
