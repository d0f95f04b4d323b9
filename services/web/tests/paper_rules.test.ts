/** The join form and the identity service say the same of the same papers: services/identity/tests/papers_test.cpp asks the other. */

import { readFileSync } from 'node:fs';
import { effectScope, reactive } from 'vue';
import { describe, expect, it } from 'vitest';
import { chineseOf } from '../src/desk/faults';
import { blankPapers, bodyOf, faultsOf, type Papers } from '../src/desk/people/papers';
import { useSaidAtOnce } from '../src/desk/said_at_once';

interface Vectors {
  today: string;
  good: Record<string, string>;
  rows: { papers: Record<string, string>; faults: Record<string, string> }[];
}
const { today, good, rows } = JSON.parse(readFileSync(new URL('../../identity/tests/papers.json', import.meta.url), 'utf8')) as Vectors;

/** "/contact/phone" is the form's `contact_phone`, "/owner/login" its `login`. */
const memberOf = (pointer: string): keyof Papers => (pointer === '/owner/login' ? 'login' : pointer.slice(1).replace('/', '_')) as keyof Papers;
function papersOf(members: Record<string, string>): { papers: Papers; password: string } {
  const papers = blankPapers();
  for (const [pointer, value] of Object.entries(members)) if (pointer !== '/owner/password') Object.assign(papers, { [memberOf(pointer)]: value });
  return { papers, password: members['/owner/password']! };
}
const noon = new Date(`${today}T04:00:00Z`);

describe('the papers of a house', () => {
  it('are all members of the form', () => {
    expect(rows.length).toBeGreaterThan(90);
    const known = Object.keys(blankPapers());
    for (const pointer of rows.flatMap((row) => Object.keys(row.papers))) if (pointer !== '/owner/password') expect(known).toContain(memberOf(pointer));
  });

  it.each(rows)('$papers are refused at once as the service refuses them', (row) => {
    const { papers, password } = papersOf({ ...good, ...row.papers });
    expect(faultsOf(papers, password, false, noon)).toEqual(row.faults);
    for (const detail of Object.values(row.faults)) expect(chineseOf(detail), detail).not.toBeNull();
  });

  it('are sent as they are judged', () => {
    const { papers, password } = papersOf({ ...good, '/uscc': ' 9353 0624 ma6k 0000 0c', '/owner/login': ' qiongzhu.owner ' });
    expect(faultsOf(papers, password, false, noon)).toEqual({});
    expect(bodyOf(papers, password)).toMatchObject({ uscc: '93530624MA6K00000C', owner: { login: 'qiongzhu.owner' } });
  });
});

describe('a fault is said', () => {
  const field = { currentTarget: null, relatedTarget: null } as unknown as FocusEvent;
  const made = () => effectScope().run(() => {
    const form = reactive({ uscc: '', county: '' });
    const said = useSaidAtOnce((): Record<string, string> => (form.uscc === 'bad' ? { '/uscc': 'wrong' } : {}), { '/county': ['/uscc'] });
    return { form, ...said };
  })!;

  it('once its field is left, and no more once it is mended', () => {
    const { form, shown, heard, at } = made();
    form.uscc = 'bad';
    expect(shown.value, 'while it is typed').toEqual({});
    at('/uscc').onFocusout(field);
    expect([shown.value, heard.value]).toEqual([{ '/uscc': 'wrong' }, 'wrong']);
    form.uscc = 'good';
    at('/uscc').onInput();
    expect(shown.value).toEqual({});
    form.uscc = 'bad';
    expect(at('/uscc').fault, 'and again at once').toBe('wrong');
  });

  it('as the services told it until it, or what it hangs on, is another', () => {
    const { shown, tell, at } = made();
    tell({ '/uscc': 'another area', '/name': 'taken' });
    at('/county').onInput();
    expect(shown.value).toEqual({ '/name': 'taken' });
    at('/name').onInput();
    expect(shown.value).toEqual({});
  });
});
