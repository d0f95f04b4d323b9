import type { ApiError } from '../shared/api';
import { makeTexts, type TextKey } from '../shared/locale';
import { loadPlaces } from '../shared/place_names';
import chinese, { type DeskTexts } from './messages/zh-CN';
import { refusalKey } from './refusals';

export const desk_texts = makeTexts<DeskTexts>(chinese, async () => {
  void loadPlaces().catch(() => undefined); // Without them places keep their Chinese names.
  return (await import('./messages/en')).default;
});
export type DeskKey = TextKey<DeskTexts>;

/** The text of a name on the wire ("state", "SUBMITTED"), or that name when the page is older than it. */
export type Wire = (group: string, name: string, named?: Record<string, unknown>) => string;

export function useDeskTexts() {
  const { t, has } = desk_texts.useTexts();
  const wire: Wire = (group, name, named = {}) => (has(`${group}.${name}`) ? t(`${group}.${name}` as DeskKey, named) : name);
  /** Why something was refused, in words. */
  const failure = (error: ApiError): string => {
    if (error.failure !== 'refused') return t(`error.${error.failure}`);
    const key = refusalKey(error.code, error.problem?.status ?? 0);
    return key ? t(key) : t('error.unknown', { code: error.code });
  };
  return { t, wire, failure };
}

/** The texts of one section, which come with its pages; what all sections say is the desk's (`useDeskTexts`). */
export function makeSection<Schema extends object>(texts: Schema, loadEnglish: () => Promise<Schema>) {
  const section = makeTexts<Schema>(texts, loadEnglish);
  return function useSection() {
    const { t, has } = section.useTexts();
    const anyText = t as (key: string, named: Record<string, unknown>) => string;
    const wire: Wire = (group, name, named = {}) => (has(`${group}.${name}`) ? anyText(`${group}.${name}`, named) : name);
    const desk = useDeskTexts();
    return { t, wire, say: desk.t, wireOf: desk.wire, failure: desk.failure };
  };
}
