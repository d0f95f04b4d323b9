import { makeSection } from '../texts';
import chinese from './messages/zh-CN';

/** The texts of products, bases, lots and stock. */
export const useGoodsTexts = makeSection(chinese, async () => (await import('./messages/en')).default);
