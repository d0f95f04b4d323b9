import { loadPlaces } from '../shared/place_names';
import { makeTexts, type TextKey } from '../shared/locale';
import basis, { type BasisTexts } from './messages/basis.zh-CN';
import finding, { type FindingTexts } from './messages/finding.zh-CN';
import shelf, { type ShelfTexts } from './messages/shelf.zh-CN';
import chinese, { type ShopTexts } from './messages/zh-CN';

type AllTexts = ShopTexts & ShelfTexts & FindingTexts & BasisTexts;

async function loadEnglish(): Promise<AllTexts> {
  void loadPlaces().catch(() => undefined); // Without them places keep their Chinese names.
  const parts = await Promise.all([import('./messages/en'), import('./messages/shelf.en'), import('./messages/finding.en'), import('./messages/basis.en')]);
  const [texts, of_shelf, of_finding, of_basis] = parts;
  return { ...texts.default, ...of_shelf.default, ...of_finding.default, ...of_basis.default };
}

export const shop_texts = makeTexts<AllTexts>({ ...chinese, ...shelf, ...finding, ...basis }, loadEnglish);
export type ShopKey = TextKey<AllTexts>;

export function useShopTexts() {
  const { t, has } = shop_texts.useTexts();
  /** The text of a name on the wire ("scheme", "MINHANG_YOUPIN"), or that name when the page is older than it. */
  const wire = (group: string, name: string, named: Record<string, unknown> = {}): string =>
    has(`${group}.${name}`) ? t(`${group}.${name}` as ShopKey, named) : name;
  /** A scheme as this page calls it in the reader's language, or as its office does; its code when nobody has told. */
  const named = (group: string, name: string, told: string | null): string => (has(`${group}.${name}`) ? wire(group, name) : (told ?? name));
  const schemeName = (scheme: string, told: string | null): string => named('scheme', scheme, told);
  /** A category in the reader's language likewise. */
  const categoryName = (category: string, told: string | null): string => named('category', category, told);
  return { t, wire, schemeName, categoryName };
}
