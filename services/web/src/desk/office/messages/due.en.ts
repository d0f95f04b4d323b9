import type { DueTexts } from './due.zh-CN';

const due: DueTexts = {
  title: 'Due today',
  none: 'Nothing is due today',
  none_text: 'Applications that come to your office, notices that are over and objections without an answer appear here.',
  all: 'All applications',
  OBJECTIONS: 'Objections wait for an answer',
  READY: 'The notice is over: certify',
  TO_RECOMMEND: 'Waits for the county',
  TO_REVIEW: 'Waits for the review',
  IN_REVIEW: 'Under review: publish',
  CHANGED: 'Changed after it was submitted: return',
  proposals: 'Suspensions and revocations for you to answer',
  proposals_text: '{n} wait for a second person of your office',
  notices: '{n} on public notice',
  start: 'There is no batch yet. Give a scheme its rules and open the batch of this year, so that merchants can apply.',
  start_rules: 'There is no batch yet. Your scheme is there: let it certify by application, then open a batch, so that merchants can apply.',
  start_batch: 'There is no batch yet. Open the batch of this year, so that merchants can apply.',
  start_elsewhere: 'There is no batch yet. Once the deciding office opens one, what merchants apply for comes here.',
  start_action: 'To schemes and batches',
  last_day: 'last day of the notice {day}',
  more: '{n} more, in the list of applications',
};

export default due;
