import { ref, shallowReactive, watchEffect } from 'vue';

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
  /** Fetches the language if need be, then shows it everywhere and remembers it. */
  choose(locale: Locale): Promise<void>;
  /** The language that somebody chose on an earlier visit; otherwise the one of ours that the browser asks for first. */
  restore(): Promise<void>;
  /** Texts that follow the language; `has`: whether there is such a text at all. */
  useTexts(): { t: (key: TextKey<Schema>, named?: Record<string, unknown>) => string; has: (key: string) => boolean };
  locale(): Locale;
}

/** One language for all texts of a page, whichever of its sections they belong to. */
const shown = ref<Locale>('zh-CN');
/** Those that are here; a section of the desk brings its own when it is opened. */
const fetchers: (() => Promise<void>)[] = [];
/** The language of the page, for what is no text of a dictionary: names of places. */
export const pageLocale = (): Locale => shown.value;
let fetching: Promise<unknown> = Promise.resolve();

async function show(locale: Locale): Promise<void> {
  if (locale === 'en') await Promise.all(fetchers.map((fetchEnglish) => fetchEnglish()));
  shown.value = locale;
  document.documentElement.lang = locale;
}

async function choose(locale: Locale): Promise<void> {
  await show(locale);
  try {
    localStorage.setItem(storage_key, locale);
  } catch {
    // A browser that keeps nothing still shows the language.
  }
}

function chosen(): string | null {
  try {
    return localStorage.getItem(storage_key);
  } catch {
    return null;
  }
}

/** The first of our languages among those that a browser asks for; Chinese where none of them is ours. */
export function wantedOf(languages: readonly string[]): Locale {
  return /^en\b/i.test(languages.find((one) => /^(zh|en)\b/i.test(one)) ?? '') ? 'en' : 'zh-CN';
}

async function restore(): Promise<void> {
  // Without the English file, on a broken network, Chinese stays.
  if ((chosen() ?? wantedOf(navigator.languages ?? [navigator.language])) === 'en') await show('en').catch(() => undefined);
}

/** Once the texts of a section that was just opened are here in the language of the page; those that fail stay Chinese. */
export async function languageReady(): Promise<void> {
  await fetching;
}

function find(dictionary: Dictionary | undefined, key: string): string | undefined {
  let found: string | Dictionary | undefined = dictionary;
  for (const name of key.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** "{n} left" and {n: 3} → "3 left". That is all our texts need, so no library for it comes over the wire. */
function filled(text: string, named: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in named ? String(named[name]) : hole));
}

export function makeTexts<Schema extends object>(
  chinese: Schema,
  loadEnglish: () => Promise<Schema>,
): Texts<Schema> {
  const dictionaries = shallowReactive<Partial<Record<Locale, Dictionary>>>({ 'zh-CN': chinese as Dictionary });
  const fetchEnglish = async (): Promise<void> => {
    dictionaries.en ??= (await loadEnglish()) as Dictionary;
  };
  fetchers.push(fetchEnglish);
  if (shown.value === 'en') fetching = Promise.all([fetching, fetchEnglish().catch(() => undefined)]);

  return {
    choose,
    restore,
    useTexts: () => ({
      t: (key: string, named = {}) =>
        filled(find(dictionaries[shown.value], key) ?? find(dictionaries['zh-CN'], key) ?? key, named),
      has: (key: string) => find(dictionaries['zh-CN'], key) !== undefined,
    }),
    locale: () => shown.value,
  };
}

/** The language of a text of the trade (names, places), which stays Chinese on an English page. */
export function langOf(text: string): 'zh-CN' | undefined {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : undefined;
}

/** The title of the tab while a page is shown; it follows the language and what has been loaded. */
export function useTitle(title: () => string): void {
  watchEffect(() => {
    document.title = title();
  });
}
