/** A pasted text in pieces: at its telephone numbers, and at the labels that say what follows. */

import { phonesIn, plain, type FoundPhone } from './receiver_phone';

export interface Piece {
  /** What the text itself says of it; `aside` is none of the three. */
  said: 'nothing' | 'name' | 'address' | 'aside';
  start: number;
  end: number;
}

const whose = '(?:我的|您的|新的|家庭|默认|客户|买家)?';
const of_whom = '(?:(?:收货|收件|联系)(?:人|方)?|收方)?';
const name = `${whose}(?:${of_whom}(?:姓名|名字)|收货人|收件人|收货方|收件方|联系人|领取人|客户名?|收货|收件)|receiver|recipient|consignee|contact|name`;
const phone = `${whose}(?:${of_whom}|移动|固定|备用)(?:手机号码?|手机|电话号码|电话|联系方式|号码)|座机|固话|虚拟号码?|telephone|mobile|phone|cell|tel`;
const address = `${whose}(?:${of_whom}|详细|送货|邮寄|寄送|配送|所在|街道|具体|单位|公司)地址|所在(?:地区|区域|省市|地)|地区|省市区|街道|门牌号?|楼号门牌|address|addr`;
const postcode = '邮政编码|邮编|邮码|postcode|zip(?: code)?|postal code';
const house = '(?:公司|单位)(?:名称)?';
const aside = `${postcode}|性别|年龄|生日|订单编?号|备注|留言|买家留言|旺旺|昵称|淘宝昵称|买家昵称|会员名|微信号?|qq|身份证号?码?|邮箱|e-?mail|(?:收货|下单|付款|发货|送货)?时间|数量|规格|运费|商品|物流|快递`;

/** With a colon or in brackets, wherever it stands. */
const told = (words: string) => `[【\\[(「]\\s*(?:${words})\\s*[】\\])」]\\s*:?|(?:${words})\\s*[:=]`;
const label = new RegExp(`(?<name>${told(name)})|(?<phone>${told(phone)})|(?<address>${told(address)})|(?<house>${told(house)})|(?<aside>${told(aside)})`, 'gi');
/** Without either: words that no place and no person is called. */
const bare_label =
  /(?<name>收货人姓名|收件人姓名|收货人|收件人|联系人|姓名)|(?<address>(?:(?:收货人?|收件人?|详细|送货|邮寄|联系)?地址|所在地区)[是为]?)|(?<aside>邮政编码|邮编|订单编?号)/g;
const before_phone = new RegExp(`[【\\[(「]?\\s*(?:${phone})\\s*[】\\])」]?\\s*[:=是为]?\\s*$`, 'i');

/** 收 货 人：, as forms are printed, the head of a table, and a name whose dot stands apart. */
const spaced = /(?:收\s*[货件]\s*人|联\s*系\s*人|姓\s*名|电\s*话|手\s*机|地\s*址|邮\s*编)(?=\s*[:：])/g;
const head = /^[^\S\n]*(?:(?:收货人|收件人|姓名|联系电话|电话|手机号?|收货地址|详细地址|地址|邮编)[^\S\n]*[,，、+/|]?[^\S\n]*){2,}$/gm;
const withoutForm = (text: string) => text.replace(spaced, (one) => one.replace(/\s/g, '')).replace(head, '').replace(/[^\S\n]*([·•・‧∙])[^\S\n]*/g, '$1');

const sender = /(?:寄件|发件|寄货|发货)(?:人|方|地址|信息)|\bsender\b/gi;
const receiver = /(?:收件|收货)(?:人|方|地址|信息)|\b(?:receiver|recipient)\b/gi;

/** Of a text that names both ends of a parcel's way, what is of the end that we ask for. */
export function withoutSender(text: string): { text: string; sender: string[] } {
  const out: string[] = [];
  let kept = withoutForm(text);
  for (;;) {
    sender.lastIndex = 0;
    const from = sender.exec(kept)?.index;
    if (from === undefined) return { text: kept, sender: out };
    receiver.lastIndex = from;
    const to = receiver.exec(kept)?.index ?? kept.length;
    out.push(kept.slice(from, to).trim());
    kept = `${kept.slice(0, from)}\n${kept.slice(to)}`;
  }
}

interface Mark {
  start: number;
  end: number;
  said: Piece['said'];
}

const saidBy = (groups: Record<string, string | undefined>): Piece['said'] =>
  groups.name !== undefined ? 'name' : groups.address !== undefined ? 'address' : groups.house !== undefined ? 'nothing' : 'aside';

/** Where something is said of what follows: numbers with what announces them, labels. */
function marksIn(word: string, phones: FoundPhone[]): Mark[] {
  const marks: Mark[] = phones.map(({ start, end }) => ({ start: start - (before_phone.exec(word.slice(0, start))?.[0].length ?? 0), end, said: 'nothing' }));
  const free = (start: number, end: number) => marks.every((one) => end <= one.start || start >= one.end);
  const add = (start: number, end: number, said: Piece['said']) => {
    if (free(start, end)) marks.push({ start, end, said });
  };
  // 山川公司：李四 is no label; 张三电话： has one.
  const isWithin = (at: number) => /[一-龥]/.test(word[at - 1] ?? '') && /^(?:公司|单位|地区|街道|门牌|快递|物流|商品|数量)/.test(word.slice(at));
  for (const found of word.matchAll(label)) if (!isWithin(found.index)) add(found.index, found.index + found[0].length, saidBy(found.groups!));
  const parted = marks.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), word);
  for (const found of parted.matchAll(bare_label)) add(found.index, found.index + found[0].length, saidBy(found.groups!));
  return marks.sort((one, other) => one.start - other.start);
}

/** How far the word of a label reaches at most. */
function reach(word: string, { start, end, said }: Mark): number {
  const rest = word.slice(end);
  const number = /^\s*\d{6}(?!\d)/.exec(rest);
  if (said === 'aside' && number && new RegExp(postcode, 'i').test(word.slice(start, end))) return end + number[0].length;
  if (said === 'aside') return end + /^\s*[^\n]*/.exec(rest)![0].length;
  if (said === 'name') return end + /^\s*[^\n,;|]*/.exec(rest)![0].length;
  return word.length;
}

/** Every piece of a text between its labels and numbers, in order, and the numbers. */
export function piecesOf(text: string): { pieces: Piece[]; phones: FoundPhone[] } {
  const word = plain(text);
  const phones = phonesIn(word);
  const marks = marksIn(word, phones);
  const pieces: Piece[] = [{ said: 'nothing', start: 0, end: marks[0]?.start ?? word.length }];
  marks.forEach((mark, i) => {
    const until = marks[i + 1]?.start ?? word.length;
    const end = Math.min(until, reach(word, mark));
    pieces.push({ said: mark.said, start: mark.said === 'aside' ? mark.start : mark.end, end });
    if (end < until) pieces.push({ said: 'nothing', start: end, end: until });
  });
  return { pieces: pieces.filter(({ start, end }) => /[^\s]/.test(word.slice(start, end))), phones };
}
