import { makeTexts, type TextKey } from '../shared/locale';
import chinese, { type ShopTexts } from './messages/zh-CN';

export const shop_texts = makeTexts<ShopTexts>(chinese, async () => (await import('./messages/en')).default);
export type ShopKey = TextKey<ShopTexts>;

export function useShopTexts() {
  const { t, has } = shop_texts.useTexts();
  /** The text of a name on the wire ("scheme", "MINHANG_YOUPIN"), or that name when the page is older than it. */
  const wire = (group: string, name: string, named: Record<string, unknown> = {}): string =>
    has(`${group}.${name}`) ? t(`${group}.${name}` as ShopKey, named) : name;
  return { t, wire };
}
