/** What is wrong with what was filled in, by the place of the field ("/price_fen"): found here or told by the services. */

import type { ApiError } from '../shared/api';
import { desk_texts, useDeskTexts } from './texts';

export type Faults = Record<string, string>;

/** What the services say of a field, in Chinese; in English their own words do. */
const chinese: Readonly<Record<string, string>> = {
  'is missing': '请填写这一项。',
  'must not be empty or blank': '请填写这一项。',
  'must hold something that can be seen': '请填写这一项。',
  'must be one line': '只能写一行，请去掉换行。',
  'must not hold control characters': '里面有看不见的特殊字符，请去掉后重新填写。',
  'a text holds no control characters': '里面有看不见的特殊字符，请去掉后重新填写。',
  'there is no such product': '没有这件商品。',
  "the product's county is not known yet": '这件商品的县还没有登记。',
  "the product's county is not paired with that scheme's district": '这件商品的县没有与这个办法的区结对。',
  "that scheme is not for goods of the product's county": '这个办法不收这个县的商品。',
  'say what is missing, or why not': '请写明缺什么，或者为什么不行。',
  'a certification has a number': '请填写证书编号。',
  'a batch is opened for this year or the next': '只能开今年或明年的批次。',
  'the days for applications end after they begin': '截止日要在开始日之后。',
  'what is certified is valid from a day of the batch’s year': '有效期要从这一批的年份里开始。',
  "what is certified is valid from a day of the batch's year": '有效期要从这一批的年份里开始。',
  'a recognition under this scheme does not last so long': '超过了这个办法规定的有效期。',
  'nobody applies for what is over already': '这一天已经过去了。',
  'what is decided on applications is put to the public before': '按申请认定的办法必须公示，至少 1 个工作日。',
  'a notice and recommendations belong to applications': '公示和推荐只用于按申请认定的办法。',
  'a recognition holds for a month to three years': '有效期是 1 个月到 3 年。',
  'no county of that code is registered': '没有登记过这个县。',
  'GB/T 2260 has no county or district of that code': '没有这个行政区划代码。',
  'a producer offers what its own county yields': '生产者只能卖本县的产品。',
  'the statement names the county of origin': '产地说明里要写出县名。',
  'food has a shelf life': '食品要填保质期。',
  'food says how it is to be stored': '食品要填贮存条件。',
  'only perishable goods are exempt as fresh': '只有鲜活易腐的品类才能不支持七天无理由退货。',
  'only goods made to order are exempt as such': '只有定制的商品才能这样选。',
  'there is no such category': '没有这个品类。',
  'a lot code has 1 to 20 characters': '批次号是 1 到 20 个字符。',
  "the licence's check digit is wrong": '许可证号的校验位不对，请核对。',
  'a food production licence is SC and 14 digits': '食品生产许可证号是 SC 加 14 位数字。',
  'no SKU that the catalog knows': '没有这个规格。',
  'there is no such base': '没有这个基地。',
  'a campaign ends after it begins': '结束要在开始之后。',
  'there is no such organisation': '没有这个机构。',
  'is any, or is left out': '选项不对。',
};

export function useFaults() {
  const { t } = useDeskTexts();
  const words = (detail: string): string => {
    if (desk_texts.locale() === 'en') return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
    return chinese[detail] ?? t('error.field', { detail });
  };
  return {
    /** The services' complaints by place; «/skus/0/name» stands as it is. */
    faultsIn: (error: ApiError): Faults => {
      const errors = error.problem?.errors ?? [];
      return Object.fromEntries(errors.filter(({ pointer }) => pointer !== '').map(({ pointer, detail }) => [pointer, words(detail)]));
    },
    missing: () => t('form.missing'),
  };
}
