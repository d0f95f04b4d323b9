import { describe, expect, it } from 'vitest';
import goods_chinese from '../src/desk/goods/messages/zh-CN';
import goods_english from '../src/desk/goods/messages/en';
import desk_chinese from '../src/desk/messages/zh-CN';
import desk_english from '../src/desk/messages/en';
import inbox_chinese from '../src/desk/inbox/messages/zh-CN';
import inbox_english from '../src/desk/inbox/messages/en';
import { ways, waysOf, wayOf } from '../src/desk/nav';
import office_chinese from '../src/desk/office/messages/zh-CN';
import office_english from '../src/desk/office/messages/en';
import { desk_pages, served_patterns, public_pages } from '../src/desk/pages';
import platform_chinese from '../src/desk/platform/messages/zh-CN';
import platform_english from '../src/desk/platform/messages/en';
import trade_chinese from '../src/desk/trade/messages/zh-CN';
import trade_english from '../src/desk/trade/messages/en';
import { pattern } from '../src/shop/pages';

/** "{n} of {of}" of every text, by its name. */
function holes(texts: object, prefix = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(texts).map(([name, value]) =>
    typeof value === 'string' ? { [prefix + name]: [...value.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole).sort().join(' ') } : holes(value as object, `${prefix}${name}.`)));
}

describe('the parts of the desk', () => {
  it('are those that a role needs', () => {
    expect(waysOf(['auditor']).map((way) => way.to)).toEqual(['audit', 'applications', 'orders', 'sales', 'certifications', 'year', 'ending', 'editions', 'proposals', 'schemes', 'team']);
    expect(waysOf(['merchant']).map((way) => way.to)).toContain('products');
    expect(waysOf(['merchant']).map((way) => way.to)).not.toContain('merchants');
    expect(waysOf([])).toEqual([]);
  });
  it('have a name, and every page belongs to one', () => {
    const names = ways.map((way) => way.to as string);
    for (const name of names) expect(desk_chinese.way).toHaveProperty(name);
    const of_oneself = [...public_pages, 'account', 'messages'];
    for (const page of Object.keys(desk_pages)) if (!of_oneself.includes(page)) expect(names, page).toContain(wayOf(page));
    expect(wayOf('entry')).toBe('audit');
  });
  it('are told to the server as patterns', () => {
    const served = served_patterns(pattern);
    for (const one of ['/', '/products/{digits}', '/schemes/{text}', '/audit', '/audit/{text}/{text}/{text}/{text}', '/audit/entry/{digits}']) expect(served).toContain(one);
    expect(served.filter((one) => /[:(*]/.test(one))).toEqual([]);
  });
});

it.each([['desk', desk_chinese, desk_english], ['office', office_chinese, office_english], ['goods', goods_chinese, goods_english], ['platform', platform_chinese, platform_english], ['trade', trade_chinese, trade_english], ['inbox', inbox_chinese, inbox_english]])(
  'both languages of %s are filled with the same', (_name, chinese, english) => {
    const of_english = holes(english);
    const differing = Object.entries(holes(chinese)).filter(([name, hole]) => of_english[name] !== hole);
    expect(differing).toEqual([]);
  });
