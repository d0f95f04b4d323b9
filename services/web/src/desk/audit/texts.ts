import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The auditor's own texts. */
export const useAuditTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
