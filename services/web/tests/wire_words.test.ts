import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/desk/inbox/inbox';

/** Every name on the wire that proto/openapi lists: where pages say it in words, or why nobody reads it. */
type Texts = Record<string, unknown>;
const files = import.meta.glob<{ default: Texts } & Texts>('../src/**/messages/*.ts', { eager: true });

interface Place {
  section: string;
  group: string;
}
const at = (section: string, group: string): Place => ({ section, group });
const kind_of_house = [at('shop', 'merchant'), at('desk/people', 'kind'), at('desk/platform', 'kind')];
const action = ['action', 'done', 'explain'].map((group) => at('desk/office', group));
const never = 'no page names it';

/** By the file and the first name of the enumeration, and the last where two begin alike. */
const told: Record<string, Place[] | string> = {
  'audit county': 'what is asked, not answered',
  'audit RUNNING': 'the page says it in a sentence',
  'audit DONE': 'the page says it in a sentence',
  'audit checkpoint': 'the place of a fault in the ledger, for who mends it',
  'audit 1': 'a version',
  'audit SAMPLE': [at('desk/audit', 'trust')],
  'catalog LICENCE_ENDS': [at('desk/platform', 'licences')],
  'catalog COUNTY_UNKNOWN': [at('desk/platform', 'hindrance'), at('desk/platform', 'hindrance_text')],
  'catalog any': 'what is asked, not answered',
  'catalog CERTIFIED_FIRST': 'the list says it in a sentence',
  'catalog COUNTY': never,
  'catalog now': 'what is asked, not answered',
  'catalog price_ascending': 'what is asked, not answered',
  'catalog COOPERATIVE': kind_of_house,
  'catalog SEVEN_DAY': [at('desk/goods', 'product'), at('shop', 'promise'), at('shop', 'returns')],
  'catalog DIRECT_PURCHASE': [at('desk/goods', 'product')],
  'catalog EAST_WEST_COLLABORATION': never,
  'catalog STATED': never,
  'catalog county': never,
  'certification CERTIFIED': [at('desk', 'state')],
  'certification 60': 'days',
  'certification CALENDAR_YEARS': [at('desk/office', 'schemes')],
  'certification OBJECTIONS': [at('desk/office', 'due')],
  'certification SUBMIT': [...action, at('desk/office', 'until')],
  'certification DRAFT': [at('desk', 'state')],
  'certification TEST_REPORT': [at('desk/office', 'kind')],
  'certification WAITING': [at('desk/office', 'outcome')],
  'certification SUSPENDED': [at('desk', 'state')],
  'channel METRO_QR': ['audit', 'platform', 'trade'].map((section) => at(`desk/${section}`, 'channel')),
  'common CERTIFIED': [at('desk', 'state')],
  'common details': never,
  'common application/pdf': 'names of the world',
  'common RECEIVING': 'the page says it by how far it is',
  'common digest-differs': [at('desk', 'file'), at('shop', 'file')],
  'identity VERIFY': [at('desk/people', 'step')],
  'identity merchant': [at('desk', 'role')],
  'identity MERCHANT': [at('desk/platform', 'organisations')],
  'identity OWNER': [at('desk/people', 'position')],
  'identity OPEN': [at('desk/people', 'team')],
  'identity certifications:read': [at('desk/people', 'scope')],
  'identity ACTIVE': [at('desk/people', 'keys')],
  'identity SUBMIT': [at('desk/people', 'step')],
  'identity SUBMITTED': [at('desk/people', 'applied'), at('desk/people', 'state')],
  'identity COOPERATIVE': kind_of_house,
  'messages SUSPENDED': [at('desk/inbox', 'proposed')],
  'messages MESSAGE': 'what is asked, not answered',
  'messages APPLICATION_TO_RECOMMEND': [at('desk/inbox', 'name'), at('desk/inbox', 'kind')],
  'orders sandbox': [at('desk/audit', 'provider')],
  'orders PENDING': [at('desk/trade', 'payment_state')],
  'orders pay': 'the sandbox’s own page',
  'orders CREATED PAID': [at('desk/trade', 'order_state'), at('shop', 'order')],
  'orders CREATED PENDING': [at('desk/trade', 'payment_state')],
  'orders CANCEL': 'the page says it in a sentence',
  'orders PROPOSED': never,
  'orders RECEIPT': [at('desk/goods', 'stock')],
  'platform ready': [at('desk/platform', 'status')],
  'trace no-cache': 'a header',
  'trace HARVESTED': [at('shop', 'step')],
};

/** What has names without an enumeration. */
const told_besides: [string, readonly string[], Place[]][] = [
  ['kinds of messages', kinds, [at('desk/inbox', 'name')]],
  ['rules of a credit', namesIn('../../audit/domain/credit.cpp', /"((?:CHANNEL|SOLE)_[A-Z]+|UNALLOCATED)"/g), [at('desk/audit', 'rule')]],
  ['categories', namesIn('../../catalog/domain/category.cpp', /(?:food|fresh|handicraft)\("(\w+)"|\.code = "(\w+)"/g), [at('shop', 'category')]],
  ['providers', ['sample', 'sandbox'], [at('desk/audit', 'provider')]],
];

function namesIn(path: string, form: RegExp): string[] {
  const found = [...readFileSync(new URL(path, import.meta.url), 'utf8').matchAll(form)].map(([, a, b]) => a ?? b!);
  return [...new Set(found)];
}

/** All enumerations of proto/openapi, each with what it is called in the table above. */
function enumerations(): { key: string; names: string[] }[] {
  const folder = new URL('../../../proto/openapi/', import.meta.url);
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/enum:\s*(?:\[([^\]]*)\]|((?:- .+\s+)+))/g)].map(([, list, lines = '']) => {
      const names = (list ?? lines.replaceAll('- ', ',').replace(',', '')).split(',').map((one) => one.trim().replace(/^'|'$/g, '')).filter((one) => one !== 'null');
      const short = `${name.replace('.yaml', '')} ${names[0]}`;
      return { key: `${short} ${names[1]}` in told ? `${short} ${names[1]}` : short, names };
    }));
}

/** All groups of that name in a section's texts, in one language. */
function groupsOf({ section, group }: Place, english: boolean): Texts[] {
  const found: Texts[] = [];
  const look = (texts: Texts): void => {
    for (const [name, value] of Object.entries(texts)) {
      if (typeof value !== 'object' || value === null) continue;
      if (name === group) found.push(value as Texts);
      look(value as Texts);
    }
  };
  for (const [path, module] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path.startsWith(`../src/${section}/messages/`) && /(^|\.)en\.ts$/.test(name) === english) look(module.default ?? module);
  }
  return found;
}

function wanting(place: Place, names: readonly string[]): string[] {
  return [false, true].flatMap((english) => {
    const groups = groupsOf(place, english);
    const missing = names.filter((name) => !groups.some((group) => typeof group[name] === 'string' && group[name] !== name));
    return missing.map((name) => `${place.section} ${place.group}.${name} ${english ? 'en' : 'zh-CN'}`);
  });
}

describe('names on the wire', () => {
  const all = enumerations();
  it.each(all)('$key has words in both languages, or a reason', ({ key, names }) => {
    const places = told[key];
    expect(places, `say in which texts ${names.join(', ')} are told, or why nobody reads them`).toBeDefined();
    if (Array.isArray(places)) expect(places.flatMap((place) => wanting(place, names))).toEqual([]);
  });
  it.each(told_besides)('of %s have words in both languages', (_what, names, places) => {
    expect(names.length).toBeGreaterThan(1);
    expect(places.flatMap((place) => wanting(place, names))).toEqual([]);
  });
  it('are all that the table speaks of', () => {
    expect(Object.keys(told).filter((key) => !all.some((one) => one.key === key))).toEqual([]);
  });
});
