import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of houses that come (入驻), the people in them, and everybody's own account. */
export const usePeopleTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
