import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of applications, certifications and schemes. */
export const useOfficeTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
