/** The texts of the figures of a batch. */
const figures = {
  title: '看数字',
  lead: '每个数字点开就是它数的那些申请；产地、品类按商品现在的登记。',
  applied: '已申请',
  returned: '退回过',
  recommended: '推荐过',
  certified: '已认定',
  rejected: '未通过',
  withdrawn: '已撤回',
  open: '办理中',
  total: '合计',
  unknown: '还不知道',
  by_county: '按产地',
  by_category: '按品类',
  category: '品类',
  waits: '用了多少天',
  waits_text: '从上一步到这一步，按自然日。一半的申请不超过中位数，十件里九件不超过第二个数。',
  step: '哪一步',
  median: '中位数（天）',
  ninetieth: '九成以内（天）',
  times: '次数',
  whole: '全程：第一次提交到决定',
  until: {
    SUBMIT: '补正后重新提交',
    RECOMMEND: '县里推荐',
    RETURN: '退回补正',
    BEGIN_REVIEW: '开始审核',
    PUBLISH_NOTICE: '审核到公示',
    CERTIFY: '公示到认定',
    REJECT: '不予通过',
    WITHDRAW: '撤回',
  },
  empty: '这一批还没有人申请',
  empty_text: '有了提交的申请，这里就有数字。',
};

export type FigureTexts = typeof figures;
export default figures;
