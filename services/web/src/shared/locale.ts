import type { Plugin, Ref } from 'vue';
import { createI18n } from 'vue-i18n';

/** Chinese is there from the first byte; English is fetched when somebody asks for it. */
export type Locale = 'zh-CN' | 'en';

const storage_key = 'shanhai.locale';

/** The dotted names of a dictionary's texts, so that a misspelt one does not compile. */
export type TextKey<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : TextKey<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

interface Dictionary {
  [name: string]: string | Dictionary;
}

export interface Texts<Schema> {
  plugin: Plugin;
  /** Fetches the language if need be, then shows it and remembers it. */
  choose(locale: Locale): Promise<void>;
  /** The language of the last visit. */
  restore(): Promise<void>;
  /** Texts that follow the language; `has`: whether there is such a text at all. */
  useTexts(): { t: (key: TextKey<Schema>, named?: Record<string, unknown>) => string; has: (key: string) => boolean };
  locale(): Locale;
}

/** The part of vue-i18n's composer that is used here; its own types are too deep for our dictionaries. */
interface Composer {
  locale: Ref<string>;
  availableLocales: string[];
  setLocaleMessage(locale: string, messages: Dictionary): void;
  t(key: string, named: Record<string, unknown>): string;
  te(key: string, locale?: string): boolean;
}

export function makeTexts<Schema extends object>(
  chinese: Schema,
  loadEnglish: () => Promise<Schema>,
): Texts<Schema> {
  const options = {
    legacy: false,
    locale: 'zh-CN',
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': chinese },
  };
  const plugin = (createI18n as (options: object) => Plugin & { global: unknown })(options);
  const composer = plugin.global as Composer;

  async function choose(locale: Locale): Promise<void> {
    if (locale === 'en' && !composer.availableLocales.includes('en')) {
      composer.setLocaleMessage('en', (await loadEnglish()) as Dictionary);
    }
    composer.locale.value = locale;
    document.documentElement.lang = locale;
    try {
      localStorage.setItem(storage_key, locale);
    } catch {
      // A browser that keeps nothing still shows the language.
    }
  }

  async function restore(): Promise<void> {
    try {
      if (localStorage.getItem(storage_key) === 'en') await choose('en');
    } catch {
      // Without storage, or without the English file on a broken network, Chinese stays.
    }
  }

  return {
    plugin,
    choose,
    restore,
    useTexts: () => ({
      t: (key: string, named = {}) => composer.t(key, named),
      has: (key: string) => composer.te(key, 'zh-CN'),
    }),
    locale: () => composer.locale.value as Locale,
  };
}
