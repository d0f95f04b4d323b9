import type { ApiError } from '../shared/api';
import { makeTexts, type TextKey } from '../shared/locale';
import { refusalKey } from './refusals';
import chinese, { type AuditTexts } from './messages/zh-CN';

export const audit_texts = makeTexts<AuditTexts>(chinese, async () => (await import('./messages/en')).default);
export type AuditKey = TextKey<AuditTexts>;

export function useAuditTexts() {
  const { t, has } = audit_texts.useTexts();
  /** The text of a name on the wire, or that name when the page is older than it. */
  const wire = (group: string, name: string, named: Record<string, unknown> = {}): string =>
    has(`${group}.${name}`) ? t(`${group}.${name}` as AuditKey, named) : name;
  const failure = (error: ApiError): string => {
    if (error.failure !== 'refused') return t(`error.${error.failure}`);
    const key = refusalKey(error.code, error.problem?.status ?? 0);
    return key ? t(key) : t('error.unknown', { code: error.code });
  };
  return { t, wire, failure };
}
