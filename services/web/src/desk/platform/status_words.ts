/** What the services say of themselves at /readyz, in Chinese. What is not known here stays in their own words: it is what somebody has to look for in the log. */

const services: Readonly<Record<string, string>> = {
  identity: '账号', catalog: '商品', certification: '认证', trace: '溯源', channel: '点位', orders: '订单', audit: '审计', messages: '消息',
};
/** What each service is asked. */
const asked: Readonly<Record<string, string>> = {
  relay: '发出变动', outbox: '待发的变动', facts: '接收变动', 'set aside': '没能处理的变动', proofs: '变动的来源', account: '数据库账号的权限', catalogue: '商品资料的新旧', payments: '付款渠道',
};
const of_the_whole: Readonly<Record<string, string>> = {
  database: '数据库', revocations: '停用账号的名单', "identity's feed": '账号服务的来源', 'audit-ledger': '审计账本', 'audit-queue': '等着入账的订单',
};

const said: readonly [RegExp, string][] = [
  [/^oldest unpublished fact: (\d+) ms$/, '最早一条还没发出的变动：$1 毫秒前'],
  [/^holds its own facts only$/, '里面只有自己的变动'],
  [/^no consumer has stopped$/, '都在接收'],
  [/^every fact was applied$/, '都处理了'],
  [/^every fact is its producer's$/, '都来自该来的服务'],
  [/^stopped after frame (\d+) of ([a-z]+): /, '停在「$2」的第 $1 条：'],
  [/^age of the catalogue: (\d+) s$/, '$1 秒前更新'],
  [/^(\d+) payments at providers that are not used any more$/, '$1 笔付款在已经停用的渠道'],
  [/^identity last said who was dismissed (\d+) s ago(?=$| |:)/, '$1 秒前更新'],
  [/: the staff's writes are refused$/, '，工作人员暂时不能修改'],
  [/^nobody else answers in its name$/, '没有别人冒名'],
  [/^nothing is signed any more: /, '不再签名：'],
  [/^nothing is taken into the ledger: /, '没有订单入账：'],
  [/^the ledger is what was signed$/, '账本与签名一致'],
  [/^(\d+) sales wait for the ledger/, '$1 笔等着入账'],
  [/, the oldest for (\d+) s$/, '，最早的等了 $1 秒'],
  [/^it answers$/, '有应答'],
  [/^it does not answer: /, '没有应答：'],
  [/^it is read-only$/, '只能读，不能写'],
  [/^it has not answered what was written$/, '写入没有应答'],
  [/^its database account may do too much \(see shanhai grants\):/, '权限过大（见 shanhai grants）：'],
];

/** "identity relay" → 「账号：发出变动」; null where it is not known. */
export function checkInChinese(name: string): string | null {
  const whole = of_the_whole[name];
  if (whole !== undefined) return whole;
  const [, service = '', rest = ''] = /^(\w+) (.+)$/.exec(name) ?? [];
  return services[service] && asked[rest] ? `${services[service]}：${asked[rest]}` : null;
}

export function detailInChinese(detail: string): string {
  return said.reduce((text, [form, words]) => text.replace(form, words), detail);
}
