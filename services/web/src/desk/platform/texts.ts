import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of those who run the platform. */
export const usePlatformTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
