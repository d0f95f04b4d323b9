import type { FigureTexts } from './figures.zh-CN';

const figures: FigureTexts = {
  title: 'Figures',
  lead: 'Each figure opens the applications that it counts; county and category are those of the goods now.',
  applied: 'Applied',
  returned: 'Sent back',
  recommended: 'Recommended',
  certified: 'Certified',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  open: 'Under way',
  total: 'Total',
  unknown: 'Not known yet',
  by_county: 'By county',
  by_category: 'By category',
  category: 'Category',
  waits: 'Days taken',
  waits_text: 'From the step before to this one, in days of the calendar. Half took no longer than the median, nine in ten no longer than the second figure.',
  step: 'Step',
  median: 'Median (days)',
  ninetieth: 'Nine in ten (days)',
  times: 'Times',
  whole: 'The whole way: first submission to decision',
  until: {
    SUBMIT: 'Handed in again',
    RECOMMEND: 'Recommended by the county',
    RETURN: 'Sent back',
    BEGIN_REVIEW: 'Review begun',
    PUBLISH_NOTICE: 'Review until notice',
    CERTIFY: 'Notice until certified',
    REJECT: 'Rejected',
    WITHDRAW: 'Withdrawn',
  },
  empty: 'Nobody has applied in this batch yet',
  empty_text: 'Figures appear with the first application that is handed in.',
};

export default figures;
