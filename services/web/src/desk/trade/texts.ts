import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of orders and sales. */
export const useTradeTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
