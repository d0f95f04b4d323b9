import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of what an organisation is told. */
export const useInboxTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
