/** Texts as somebody may send a receiver, made up by a seed, and what is wrong with how they are read. */

import type { ReceiverReading } from '../src/shop/receiver_text';

/** A row of numbers that the same seed gives again (mulberry32). */
export function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!, chance: (p: number) => next() < p };
}
export type Dice = ReturnType<typeof dice>;

const names = [
  '张三', '王小明', '欧阳娜娜', '诸葛小云', '张女士', '李先生', '王老师', '刘总', '王丰收', '高家明', '谢婷婷', '黄河清', '江城', '李园', '周庄', '万里', '路遥', '石林', '安康', '金华强', '陈志城', '麻文静', '时光', '云朵朵', '丰子恺', '东方朔',
  '扎西次仁', '卓玛', '次仁', '阿旺平措', '格桑·平措旺堆', '阿依古丽·买买提', '帕尔哈提·吐尔逊江', '沙马木呷', '吉克阿牛莫', '努尔买买提', '岩温香', '小雨', '老王', '阿芳', '妈妈', '我', 'Tom', 'Zhang San', 'Mary Ann Li', 'བཀྲ་ཤིས', 'ꀋꉬ', '王芳（前台）', '王芳[2741]', '张 三',
];
const lines = ['13812345678', '13987654321', '17012345678', '19900001111'];
const ways: ((line: string) => [written: string, value: string])[] = [
  (line) => [line, line],
  (line) => [`+86${line}`, line],
  (line) => [`86-${line}`, line],
  (line) => [`${line.slice(0, 3)} ${line.slice(3, 7)} ${line.slice(7)}`, line],
  (line) => [`${line.slice(0, 3)}-${line.slice(3, 7)}-${line.slice(7)}`, line],
  (line) => [[...line].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''), line],
  (line) => [`${line}转2741`, `${line}转2741`],
  (line) => [`${line}-2741`, `${line}转2741`],
  () => ['021-64160000', '021-64160000'],
  () => ['（0870）562 1234', '0870-5621234'],
  () => ['021-64160000转801', '021-64160000转801'],
];
const addresses = [
  '上海市闵行区莘庄镇名都路8弄3号402', '上海市徐汇区田林路100弄12号501室', '上海 上海市 闵行区 莘庄镇 沪闵路6258号', '上海市 闵行区 莘庄镇 沪闵路 6258 号 3 号楼 201 室', '上海市,闵行区,莘庄镇,沪闵路6258号', '上海/闵行区/沪闵路6258号',
  '云南省昭通市大关县高桥镇新华村3组', '云南省昭通市大关县高桥镇新华村', '云南省大关县翠华镇文化路27号', '大关县翠华镇文化路27号', '昆明市盘龙区白云路1号', '昆明 安宁 连然街道1号', '云南 昆明 安宁 连然街道1号', '景东 文井镇文华街5号',
  '闵行 莘庄镇8弄3号', '莘庄镇8弄3号', '沪闵路6258号', '闵行区都市路4855号仲盛世界商城', '上海市闵行区浦江镇万科城花', '上海市闵行区浦江镇8弄 绿城·春江明月', '上海市闵行区莘庄 康城 12号', '上海市闵行区 龙之梦 3楼', '上海市闵行区东川路800号上海交通大学闵行校区东下院304',
  '上海市闵行区莘建路100弄丰巢柜', '上海市浦东新区世纪大道1号菜鸟驿站（近地铁2号线）', '北京市朝阳区建国路甲92号世茂大厦B座18层', '浙江省杭州市余杭区五常街道文一西路969号3#楼2-101', '陕西省西安市雁塔区丈八沟街道高新四路都荟2-1-1203', '广东省东莞市厚街镇康乐南路88号',
  '贵州省黔东南苗族侗族自治州雷山县西江镇羊排村5组', '内蒙古自治区锡林郭勒盟东乌珠穆沁旗乌里雅斯太镇巴音路3号', '西藏自治区那曲市色尼区那曲镇拉萨南路14号', '四川省凉山州昭觉县新城镇民族路12号', '云南省大关县高桥镇 高家湾 21号', '云南省大关县高桥镇新华村 王家坪', '上海山川贸易有限公司 闵行区都市路4855号',
  'Room 302, Building 5, No. 8 Humin Road, Minhang District, Shanghai', '上海市闵行区江川路街道 碧江路 金平新村 5 幢 2 单元', '江苏 常州 武进区 湖塘镇花园街1号', '新疆石河子市北三路21小区5栋301', '上海市闵行区沪闵路6258号大院(原农机厂)',
];
const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'];
const given = [...'伟芳娜敏静丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红建文志国海山云江城林路里园桥州阳宁安康家东西南北门村乡街店馆所楼站柜收送请金龙凤春秋'];
/** As most are called, also like places. */
const madeName = (roll: Dice) => roll.one(surnames) + roll.one(given) + (roll.chance(0.6) ? roll.one(given) : '');
/** Parts that are like names as well, with 省, 市, 区 and without. */
const madeOf = [
  ['', '', '上海市', '云南省', '云南', '江苏', '湖南省', '四川省'],
  ['', '昆明市', '昆明', '常州', '昭通市', '安康', '金华市', '文山'],
  ['', '大关县', '闵行区', '徐汇', '安宁', '景东', '宜良', '江川', '马关', '石林', '金平县', '常宁市', '高邮', '万年', '武进'],
  ['', '莘庄镇', '高桥镇', '马街', '金川乡', '龙潭街道', '新华村', '石桥村3组', '王家坪'],
  ['', '名都路8弄', '沪闵路6258号', '文化路27号', '高新路', '张江路100弄'],
  ['', '', '康城', '万源城', '龙之梦', '金色家园', '高家湾', '东方花园', '春申景城', '丰巢柜', '万达广场', '石龙小区', '金桥国际', '金融学院'],
  ['', '3号402', '5幢2单元', '402室', '12-3-402', '3号楼A座', '东门', '门卫', '18楼'],
];
function madeAddress(roll: Dice): string {
  const joint = roll.one(['', '', ' ', '，']);
  const parts = madeOf.map((of) => roll.one(of)).filter((part) => part !== '');
  return parts.length >= 3 ? parts.join(joint) : madeAddress(roll);
}
const separators = [' ', ' ', '  ', '\n', '\n', '，', ',', '、', '；', ' | ', '\t', '/', '', '-', '　', '\r\n'];
const labels = {
  name: ['收货人：', '收件人:', '姓名：', '联系人: ', '【收货人】', '收货人 ', '姓名', 'Name: '],
  phone: ['电话：', '手机:', '联系电话：', '手机号码: ', '【电话】', '手机号 ', '电话', 'Tel: '],
  address: ['地址：', '收货地址:', '详细地址：', '收件地址: ', '【地址】', '收货地址 ', '地址', 'Address: '],
} as const;
const orders = [['name', 'phone', 'address'], ['name', 'address', 'phone'], ['phone', 'name', 'address'], ['phone', 'address', 'name'], ['address', 'name', 'phone'], ['address', 'phone', 'name']] as const;

export interface Sent {
  text: string;
  name: string;
  phone: string;
  address: string;
  /** Labels on all, or line breaks: whoever cannot read this is of no use. */
  clear: boolean;
}

export function send(roll: Dice): Sent {
  const name = roll.chance(0.5) ? roll.one(names) : madeName(roll);
  const [written, phone] = roll.one(ways)(roll.one(lines));
  const address = roll.chance(0.5) ? roll.one(addresses) : madeAddress(roll);
  const parts = { name, phone: written, address };
  const with_labels = roll.one(['none', 'none', 'none', 'all', 'all', 'some'] as const);
  const separator = roll.one(separators);
  const mixed = roll.chance(0.3);
  // Who sends in a hurry forgets one of the three.
  const hurried = roll.chance(0.15);
  if (hurried) parts[roll.one(['name', 'phone', 'address'] as const)] = '';
  const told = roll.one(orders).filter((field) => parts[field] !== '').map((field) => {
    const labelled = with_labels === 'all' || (with_labels === 'some' && roll.chance(0.5));
    return (labelled ? roll.one(labels[field]) : '') + parts[field];
  });
  const between = () => (mixed ? roll.one(separators) : separator);
  const around = roll.chance(0.15) ? roll.one(['谢谢', '麻烦尽快发货', '你好']) : '';
  if (roll.chance(0.05)) told.push(roll.one(['200233', '邮编：650000', '000000']));
  const text = told.map((part, i) => (i === 0 ? '' : between()) + part).join('') + (around === '' ? '' : `\n${around}`);
  return { text, name: parts.name, phone: parts.phone === '' ? '' : phone, address: parts.address, clear: !hurried && told.length === 3 && !mixed && around === '' && (with_labels === 'all' || separator === '\n') && /\n|，/.test(separator) };
}

const bare = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '');
const counted = (text: string) => {
  const bag = new Map<string, number>();
  for (const one of bare(text)) bag.set(one, (bag.get(one) ?? 0) + 1);
  return bag;
};

/** Characters of `part` that are not in `whole`. */
function lost(part: string, whole: string): string[] {
  const bag = counted(whole);
  return [...counted(part)].flatMap(([one, n]) => ((bag.get(one) ?? 0) < n ? [one] : []));
}

const all = (read: ReceiverReading) => [read.name.text, read.phone.text, read.address.text, ...read.left].join(' ');
const one_line = (text: string) => text.replace(/\s+/g, ' ');

/** What is wrong and not asked about. */
export function silentFaults(sent: Sent, read: ReceiverReading): string[] {
  const faults: string[] = [];
  for (const field of ['name', 'phone', 'address'] as const) {
    const { text, state } = read[field];
    if (state === 'sure' && one_line(text) !== one_line(sent[field])) faults.push(`${field} is said to be ${text}`);
    if ((state === 'missing') !== (text === '')) faults.push(`${field} is ${state}: ${text}`);
  }
  const gone = [...lost(sent.address, all(read)), ...lost(sent.name, all(read)), ...lost(sent.phone.replace('转', ''), all(read))];
  if (gone.length > 0) faults.push(`lost: ${gone.join('')}`);
  return faults;
}
