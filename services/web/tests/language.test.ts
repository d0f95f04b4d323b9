import { beforeEach, describe, expect, it, vi } from 'vitest';
import { wantedOf } from '../src/shared/locale';

describe('the language of a first visit', () => {
  it.each([
    [['en-US', 'en'], 'en'],
    [['zh-CN', 'zh', 'en'], 'zh-CN'],
    [['zh-Hant-TW'], 'zh-CN'],
    [['fr-FR', 'en-GB', 'zh'], 'en'],
    [['fr-FR', 'zh', 'en'], 'zh-CN'],
    [['de'], 'zh-CN'],
    [['english'], 'zh-CN'],
    [[], 'zh-CN'],
  ])('of a browser that asks for %j is %s', (languages, wanted) => expect(wantedOf(languages)).toBe(wanted));
});

describe('what a page shows', () => {
  const shelf = new Map<string, string>();
  beforeEach(() => {
    vi.resetModules();
    shelf.clear();
    vi.stubGlobal('localStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => void shelf.set(key, value) });
    vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
  });
  async function shownTo(languages: string[], english = async () => ({ word: 'word' })) {
    vi.stubGlobal('navigator', { languages });
    const { makeTexts } = await import('../src/shared/locale');
    const texts = makeTexts({ word: '字' }, english);
    await texts.restore();
    return texts;
  }

  it('is English for who asks for it, and nothing is kept that nobody chose', async () => {
    const texts = await shownTo(['en-US']);
    expect(texts.useTexts().t('word')).toBe('word');
    expect(document.documentElement.lang).toBe('en');
    expect(shelf.size).toBe(0);
  });
  it('is what somebody chose, whatever the browser asks for', async () => {
    shelf.set('shanhai.locale', 'zh-CN');
    expect((await shownTo(['en-US'])).locale()).toBe('zh-CN');
    shelf.set('shanhai.locale', 'en');
    expect((await shownTo(['zh-CN'])).locale()).toBe('en');
  });
  it('stays Chinese when English does not come', async () => {
    expect((await shownTo(['en'], () => Promise.reject(new Error('cut')))).locale()).toBe('zh-CN');
  });
});
