/**
 * What tells a place from a person in a text that somebody pasted: words, not a gazetteer. Where they do not settle
 * it the shopper is asked, so a word that is missing here costs a question and never a wrong field.
 */

const words = (text: string) => new Set(text.split(' '));

/** GB/T 2260 without what follows (省, 市, 自治区). */
const provinces = words(
  '北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 台湾 香港 澳门',
);

/** Prefectures, as they are called without 市, 地区 or 自治州, and the districts of Shanghai, where most parcels go. */
const cities = words(
  '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善 ' +
    '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭 ' +
    '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 ' +
    '福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 ' +
    '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架 ' +
    '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 ' +
    '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 ' +
    '贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 山南 那曲 阿里 ' +
    '西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 西宁 海东 海北 黄南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 ' +
    '乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 石河子 ' +
    '黄浦 徐汇 长宁 静安 普陀 虹口 杨浦 闵行 宝山 嘉定 浦东 松江 青浦 奉贤 崇明',
);
const region_ends = /^(?:省|市|地区|盟|(?:壮族|回族|维吾尔|[一-龥]{1,8}族)?自治[区州]|特别行政区)/;

/** How much of the text's beginning is a province or a prefecture; `named`: it says so itself (省, 市 …). */
export function regionAt(text: string): { length: number; named: boolean; province: boolean } {
  for (let length = Math.min(4, text.length); length >= 2; length -= 1) {
    const name = text.slice(0, length);
    if (!provinces.has(name) && !cities.has(name)) continue;
    const end = region_ends.exec(text.slice(length))?.[0].length ?? 0;
    return { length: length + end, named: end > 0, province: provinces.has(name) };
  }
  return { length: 0, named: false, province: false };
}

/** 卓玛上海: a region begins within. */
export const holdsRegion = (text: string) => text.length > 3 && [...text].some((_, i) => i > 0 && regionAt(text.slice(i)).length > 0);

/** Surnames that are seldom anything else; who has another is asked to look. */
const surnames = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储靳汲糜松井段巫乌焦巴牧隗车侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白蒲邰鄂索籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳逄姬申扶冉宰郦雍桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾暨居衡步耿弘匡文寇禄阙欧利蔚隆师巩聂晁勾敖融冷訾辛阚简饶曾沙鞠关蒯查荆游竺权盖桓肖闫覃涂佟岳冼邸佘仝苟揭付代冒楚帅隋麦迟楼粟税敬朴刀鄢',
);
const double_surnames = words('欧阳 太史 端木 上官 司马 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 赫连 澹台 皇甫 宗政 濮阳 公冶 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 轩辕 拓跋 呼延 东郭 梁丘 左丘 纳兰');

/** Parts of names of Tibetans, Yi, Dai and others who write them without a dot; at the beginning, or anywhere in it. */
const name_parts = /扎西|次仁|卓玛|平措|丹增|顿珠|旺堆|央金|拉姆|洛桑|索朗|格桑|尼玛|达娃|边巴|白玛|仁青|普布|德吉|曲珍|多吉|强巴|嘉措|旺姆|旺久|罗布|卓嘎|桑珠|次旦|江村|益西|木呷|木乃|子布|尔古|阿妞|日洛|伍呷|色布|阿支|古丽|买买提|阿不都|阿卜杜|木沙|热合曼|巴特尔|其其格|乌云|娜仁/;
const name_beginnings = /^(?:吉克|阿的|沙马|曲木|马海|阿苏|吉木|阿尔|俄木|阿约|阿苦|吉布|海来|的日|且沙|比曲|勒伍|苏呷|玉罕|岩罕|岩温|依香|玉香)/;

const long_titles = '先生|女士|小姐|老师|师傅|阿姨|叔叔|大哥|大姐|经理|老板|医生|同学|律师|教授|主任|奶奶|爷爷';
const titled = new RegExp(`^[\\u4e00-\\u9fff]{1,4}(?:${long_titles})$`);
/** 张三 先生 */
export const isTitle = (text: string) => new RegExp(`^(?:${long_titles})$`).test(text);
const short_title = /^[一-龥]{1,2}[总工姐哥叔嫂]$/;

export const isTitled = (text: string) => titled.test(text) || (short_title.test(text) && surnames.has(text[0]!));

/** 张三, 王小明, 欧阳娜娜. */
export function hasNameShape(text: string): boolean {
  if (!/^[\u3400-\u9fff\u{20000}-\u{3ffff}]+$/u.test(text)) return false;
  const length = [...text].length;
  if (double_surnames.has(text.slice(0, 2)) && length >= 3 && length <= 4) return true;
  return surnames.has(text[0]!) && (length === 2 || length === 3);
}

export const isEthnicName = (text: string) => /^[一-龥]{2,10}$/.test(text) && (name_parts.test(text) || name_beginnings.test(text));
export const isPetName = (text: string) => /^[小老阿大][一-龥]{1,2}$/.test(text);
export const isSurname = (text: string) => surnames.has(text[0] ?? '');

/** Words that are of places wherever they stand. */
export const place_words =
  /小区|社区|街道|大厦|大楼|公寓|花园|家园|新村|大学|学院|学校|中学|小学|幼儿园|医院|公司|集团|驿站|丰巢|快递柜|自提柜|自提点|代收点|菜鸟|宿舍|校区|广场|中心|大道|公路|国道|胡同|单元|号楼|门口|门卫|保安室|传达室|收发室|前台|超市|便利店|村委会|居委会|工业园|科技园|产业园|园区|开发区|新区|林场|农场|工厂|车间|营业厅|派出所|政府|宾馆|酒店|饭店|商铺|商场|写字楼|别墅|名苑|名邸|万科|万达|龙湖|金地|保利|绿地|绿城|恒大|碧桂园|中海|融创|华润|地铁站|火车站|汽车站|合作社|研究所|研究院|事务所|工作室|图书馆|苏木|嘎查|部队|[东南西北]门/;
/** What a part of an address ends with. Persons may be called so as well: 李园. */
export const place_end = /[省市区县旗州盟镇乡村组社屯寨路街巷弄号栋幢座室楼层里坊庄园苑城桥湾坪坝沟岭坡厂店院校馆所站柜门户]$/;
export const place_inside = /[省市区县旗镇乡村路街巷弄号栋幢座室楼]/;
const at_door = /(?:[0-9A-Za-z#号室楼栋幢座层户柜门]|单元|驿站|丰巢|大学|学院|学校|[中小]学|医院|公司|宿舍|前台|门口|门卫|传达室|收发室|代收点|超市|校区|店)[)\]】]?$/;
/** A house of a street may be followed by what is called there: 沪闵路6258号 龙之梦. */
const at_street = /[路街道巷][0-9]{1,5}号?$/;
/** Ends at a door, so that what stands behind it is not the rest of the place. */
export const endsAtDoor = (text: string) => at_door.test(text) && !at_street.test(text);
export const english_place =
  /\b(?:road|rd|street|st|lane|alley|avenue|ave|room|rm|building|bldg|floor|unit|no|district|city|province|county|town|village|block|suite|apt|apartment|garden|plaza|university|school|china|shanghai|beijing|yunnan)\b/i;
export const company = /公司|集团|工厂|[^区]厂$|事务所|工作室|合作社|研究[所院]/;

/** 寄给王芳, 我叫王芳: the name in it; '' without. */
export function spokenName(text: string): string {
  const name = /^(?:我叫|我是|叫|(?:帮我|请)?(?:寄|发|送)?给|名字)(.+)$/.exec(text)?.[1] ?? '';
  return hasNameShape(name) ? name : '';
}
/** 家住上海市…: said of a place, and no part of it. */
export const speaksOfPlace = (text: string) => /^(?:我?家?住在?|在|是|位于|[寄送发][到往])/.test(text);

/** 5斤装2箱: what is in the parcel. */
export const isGoods = (text: string) => /\d(?:斤|箱|包|盒|袋|件|份|瓶|罐|克|千克|公斤|kg|g|ml|元)/i.test(text) && !place_inside.test(text) && !place_words.test(text);

/** Said to whoever sends it, and no part of a receiver. */
export const notes =
  /微信|同号|拨打|号码|您好|你好|^亲|^我(?:的|家|是)|谢谢|感谢|麻烦|辛苦|拜托|请|勿|别放|发货|尽快|包邮|到付|易碎|急用|打电话|电联|工作日|周[一二三四五六日末]|上午|下午|[我他她]的?(?:地址|电话)|^(?:地址|电话|收货)$|收货信息|以下|如下|送货|快递$|^(?:中国|新|就|是|这个|默认)$/;
/** 张三 收: said of the parcel. */
export const marks = /^(?:寄|寄到|寄给|寄往|发|发给|发到|送|送到|to|收|亲收|启|亲启|敬启|人|先生\/女士|号码|座机|虚拟号)$/i;
