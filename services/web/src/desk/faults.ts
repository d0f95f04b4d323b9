/** What is wrong with what was filled in, by the place of the field ("/price_fen"): found here or told by the services. */

import type { ApiError } from '../shared/api';
import { of_rules, with_numbers } from './fault_words';
import { desk_texts, useDeskTexts } from './texts';

export type Faults = Record<string, string>;

/** What the services say of a field, in Chinese; in English their own words do. */
export const chinese: Readonly<Record<string, string>> = {
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
  'what is certified is valid from a day of the batch’s year': '有效期要从申报年度里开始。',
  "what is certified is valid from a day of the batch's year": '有效期要从申报年度里开始。',
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
  'a unified social credit code has 18 characters': '信用代码是 18 位。',
  'a unified social credit code has no such character': '信用代码里没有这样的字符，请核对（没有 I、O、S、V、Z）。',
  "the credit code's check character is wrong": '信用代码的最后一位对不上，请逐位核对。',
  "the code's area is not the merchant's county": '号码里的地区不是所在县，请核对。',
  "the code's area is the prefecture: an area_note must say why": '号码里写的是市，不是县：请在「地区说明」里写明原因。',
  'a producer of an assisted county is not registered in Shanghai': '产地县的生产者不会登记在上海；代理销售请选「代理销售」。',
  'this licence has ended; hand in the new one': '这个证照已经过期，请换新证。',
  'is after 2199; leave it out for a licence without end': '最晚写到 2199 年；长期有效就不填。',
  'goes with a food licence, and a food licence with it': '许可证号和有效期要一起填。',
  'is not 4 to 32 letters, digits, hyphens and asterisks': '4 到 32 位字母、数字、- 和 *。',
  'looks like the whole number of an account; its last digits will do': '看起来是完整账号：为了安全，填最后几位就行。',
  'is not 6 to 30 digits and capital letters': '6 到 30 位数字和大写字母。',
  'a service telephone has no extension': '客服电话不能带分机号。',
  'is not a telephone number of mainland China': '这不是大陆的电话号码，请核对。',
  'is not 3 to 64 letters, digits or . _ @ -, beginning with a letter or digit': '3 到 64 位字母、数字和 . _ @ -，以字母或数字开头。',
  "holds the login or the platform's name, which are guessed first": '密码里不要有账号名或平台名字，太容易被猜到。',
  'is among the passwords that are guessed first: common words, years, runs, repetitions': '这个密码太容易猜到（常见词、年份、连号、重复），请换一个。',
  'a GTIN is 8, 12, 13 or 14 digits': '条码是 8、12、13 或 14 位数字。',
  "the GTIN's check digit is wrong": '条码的最后一位（校验位）不对，请核对。',
  'that code names a province or prefecture, not a county': '这是省或市的代码，请填县的代码。',
  'must not hold marks that turn the direction of writing': '里面有改变书写方向的特殊字符，请去掉后重新填写。',
  'it was harvested longer before packing than these goods keep': '采收到生产隔得比保质期还久，请核对日期。',
  'a lot code has letters, digits and ! " \' ( ) * + , - . : ; = _ only': '批次号只能有字母、数字和 ! " \' ( ) * + , - . : ; = _ 这些符号。',
  'an image is a picture that was handed in, or a drawing that comes with the pages': '图片请先在商品页上传；这里填它的地址，或留空。',
  'no calendar has that day': '没有这一天，请核对日期。',
  'a day looks like 2026-05-01': '日期写成 2026-05-01 这样。',
  'nothing is packed before it is harvested': '生产日期不能早于采收日期。',
  'goods expire after the day they were made': '到期日要在生产日期之后。',
  'a lot is registered once it is made, not before': '生产以后才能登记批次，日期不能在今天之后。',
  'must be yuan, with two decimals at most': '写成 19.80 这样的元，最多两位小数。',
  'must be a whole number': '请写整数。',
  'must be true or false': '请写「是」或「否」。',
  'is not one of the values allowed here': '不是可以选的值，请对照模板的说明。',
  'this column is missing': '缺少这一列。',
  'this column is named twice': '这一列写了两次。',
  'no column of this table is called so': '模板里没有这一列，请删掉或改成模板的列名。',
  'a quote stands within a cell that does not begin with one': '这一行的引号没有成对。',
  "a cell's closing quote is missing": '从这一行起，引号没有成对。',
  "something follows a cell's closing quote": '这一行的引号没有成对。',
  'is any, or is left out': '选项不对。',
};

/** In Chinese; null where this page does not know it: then nothing of it is shown, rather than English. */
export function chineseOf(detail: string): string | null {
  for (const [form, words] of with_numbers) if (form.test(detail)) return detail.replace(form, words);
  return chinese[detail] ?? of_rules[detail] ?? null;
}

/** Whoever sent something and was refused goes on at the field; the button that was pressed had lost the focus. */
export function toFirstFault(): void {
  if (typeof document === 'undefined') return;
  requestAnimationFrame(() => (document.querySelector<HTMLElement>('dialog[open] [aria-invalid=true]') ?? document.querySelector<HTMLElement>('form [aria-invalid=true]'))?.focus());
}

export function useFaults() {
  const { t } = useDeskTexts();
  const words = (detail: string): string => {
    if (desk_texts.locale() === 'en') return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
    return chineseOf(detail) ?? t('error.field');
  };
  return {
    words,
    /** The services' complaints by place; «/skus/0/name» stands as it is. The first that is shown gets the focus. */
    faultsIn: (error: ApiError): Faults => {
      const errors = error.problem?.errors ?? [];
      toFirstFault();
      return Object.fromEntries(errors.filter(({ pointer }) => pointer !== '').map(({ pointer, detail }) => [pointer, words(detail)]));
    },
    missing: () => t('form.missing'),
  };
}
