/** The number of households that contracts cover, as a form has it: two texts, either of which may be left empty. */

import type { Faults } from '../faults';

export interface HouseholdForm {
  households: string;
  people: string;
}
/** As the services tell and take it. */
export interface Households {
  households: number | null;
  people: number | null;
}

export const households_max = 100_000;
export const people_max = 1_000_000;

export const formOfHouseholds = (told: Partial<Households>): HouseholdForm => ({ households: String(told.households ?? ''), people: String(told.people ?? '') });

/** Null of what is empty, and of what is no number: that has a fault. */
const numberIn = (text: string): number | null => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : null);

export const bodyOfHouseholds = (form: HouseholdForm): Households => ({ households: numberIn(form.households), people: numberIn(form.people) });

/** What is wrong with them, by the names that the services have for them. */
export function faultsOfHouseholds(form: HouseholdForm, words: (what: 'households_range' | 'people_range' | 'households_missing' | 'people_few') => string): Faults {
  const { households, people } = bodyOfHouseholds(form);
  const faults: Faults = {};
  if (form.households.trim() !== '' && (households === null || households > households_max)) faults['/households'] = words('households_range');
  else if (households === null && form.people.trim() !== '') faults['/households'] = words('households_missing');
  if (form.people.trim() !== '' && (people === null || people > people_max)) faults['/people'] = words('people_range');
  else if (people !== null && households !== null && (people < households || (households === 0 && people > 0))) faults['/people'] = words('people_few');
  return faults;
}
