import { expect, it } from 'vitest';
import { groupedPhone } from '../src/shop/merchant';

it.each([
  ['4008101234', '400-810-1234'], ['02164160000', '021-6416-0000'], ['08702123456', '0870-2123456'], ['037112345678', '0371-12345678'],
  ['13812345678', '138 1234 5678'], ['95588', '95588'], ['952100', '952100'],
])('the telephone %s reads %s', (digits, read) => expect(groupedPhone(digits)).toBe(read));
