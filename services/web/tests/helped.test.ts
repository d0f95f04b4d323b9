import { expect, test } from 'vitest';
import { contractsOf, helpedBy } from '../src/shop/helped';
import { bodyOfHouseholds, faultsOfHouseholds, formOfHouseholds } from '../src/desk/office/households';

test('whom goods help is told by a certification that holds, and by no other', () => {
  expect(helpedBy({ valid_now: true, households: 46, people: 158 })).toEqual({ households: 46, people: 158 });
  expect(helpedBy({ valid_now: true, households: 46 })).toEqual({ households: 46, people: null });
  for (const silent of [null, { valid_now: true }, { valid_now: true, households: null }, { valid_now: true, households: 0, people: 0 }, { valid_now: false, households: 46 }]) expect(helpedBy(silent)).toBeNull();
});

test('the contracts are named by their numbers, where they have some', () => {
  const paper = (kind: string, number: string | null) => ({ kind, number });
  expect(contractsOf([paper('TEST_REPORT', 'QC-1'), paper('LINKAGE_CONTRACT', 'HT-1'), paper('LINKAGE_CONTRACT', null)])).toEqual(['HT-1']);
  expect(contractsOf([paper('LINKAGE_CONTRACT', null)])).toEqual([]);
  expect(contractsOf([paper('TEST_REPORT', 'QC-1')])).toBeNull();
});

test('a form says how many households there are, or nothing', () => {
  expect(bodyOfHouseholds({ households: ' 46 ', people: '' })).toEqual({ households: 46, people: null });
  expect(bodyOfHouseholds(formOfHouseholds({ households: 46, people: 158 }))).toEqual({ households: 46, people: 158 });
  expect(formOfHouseholds({})).toEqual({ households: '', people: '' });
  const faults = (households: string, people: string) => faultsOfHouseholds({ households, people }, (what) => what);
  expect(faults('46', '158')).toEqual({});
  expect(faults('', '')).toEqual({});
  expect(faults('0', '0')).toEqual({});
  expect(faults('46户', '')).toEqual({ '/households': 'households_range' });
  expect(faults('100001', '')).toEqual({ '/households': 'households_range' });
  expect(faults('', '158')).toEqual({ '/households': 'households_missing' });
  expect(faults('46', '45')).toEqual({ '/people': 'people_few' });
  expect(faults('0', '3')).toEqual({ '/people': 'people_few' });
  expect(faults('46', '1.5')).toEqual({ '/people': 'people_range' });
});
