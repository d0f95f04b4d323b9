/** What waits for an office. */
const due = {
  title: '今天要办的',
  none: '今天没有要办的申请',
  none_text: '提交到您单位的申请、到期的公示和没有答复的异议会出现在这里。',
  all: '看全部申请',
  OBJECTIONS: '有异议等答复',
  READY: '公示到期，可以认定',
  TO_RECOMMEND: '等县级推荐',
  TO_REVIEW: '等开始审核',
  IN_REVIEW: '审核中，可以公示',
  CHANGED: '提交后商品改过，要退回',
  proposals: '等您确认的暂停、撤销',
  proposals_text: '{n} 项，要由同单位的第二个人答复',
  notices: '正在公示 {n} 件',
  start: '还没有年度申报。先定办法，再开今年的申报，商户才能申请。',
  start_rules: '还没有年度申报。办法已有，先改成「按申请认定」，再开年度申报，商户才能申请。',
  start_batch: '还没有年度申报。开了今年的申报，商户才能申请。',
  start_elsewhere: '还没有年度申报。认定部门开了申报，商户申请后会到这里。',
  start_action: '去办法与年度申报',
  last_day: '公示最后一天 {day}',
  more: '另有 {n} 件，在申请列表里',
};

export type DueTexts = typeof due;
export default due;
