/** Texts of what makes the shop a shop: the first page, cards, the bar and sheet to buy from, promises. */
const shelf = {
  home: {
    of_day: '今日产地',
    paired: '{districts}结对帮扶',
    go: '看{county}的 {n} 件好物',
    categories: '类别',
    all: '全部',
    showing: '正在看',
    drop: '去掉条件：{what}',
  },
  card: {
    per_500g: '¥{yuan}/500g',
  },
  sheet: {
    buy: '立即购买',
    choose: '选择规格',
    kept: '看已填的内容',
    title: '下单',
    close: '关上，已填的内容会留着',
    one: '{price} / {size}',
  },
  promise: {
    title: '买前知道',
    SEVEN_DAY: '七天无理由退货',
    FRESH_EXEMPT: '鲜活商品，不适用七天无理由',
    CUSTOM_EXEMPT: '按要求定做，不适用七天无理由',
    CONFIRMED_EXEMPT: '确认后不适用七天无理由',
    returns_differ: '各件退货规则不同，见清单',
    lot: '批次可查',
    report: '有检测报告',
    at_origin: '商家就在',
  },
  brought: {
    title: '给产地带来的',
    before: '您为',
    after: '带来 {money}',
    rule: '按付款时认证有效的商品的货款计算，计入消费帮扶。',
    part: '这张订单的其余商品不计入。',
    demonstration: '这是演示付款，没有真实资金；账本里也标为演示。',
    look: '在账本里查证',
    looking: '正在查证…',
    same: '✓ 已在您的浏览器里核对签名：账本第 {places} 条记着这张订单，计入的数与这里一样。',
    other: '账本第 {places} 条记着这张订单，但计入的数与这里不同；以账本为准。',
    unproven: '账本的证明没有通过核对，请告诉我们。',
  },
  licence: {
    business: '营业执照',
    food: '食品生产许可证',
    registered: '注册地',
    phone: '客服电话',
    sample_phone: '示例号码，打不通',
  },
};

export type ShelfTexts = typeof shelf;
export default shelf;
