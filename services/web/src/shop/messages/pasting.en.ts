import type { PastingTexts } from './pasting.zh-CN';

const texts: PastingTexts = {
  box: {
    open: 'Paste name, telephone and address',
    example: 'e.g. 张三 13812345678 上海市闵行区莘庄镇名都路8弄3号402',
    hint: 'All in one, in any order. It is read on your device only, sent nowhere and not kept.',
    read: 'Read and fill in',
    undo: 'Undo',
    reading: 'Reading…',
  },
  field: { name: 'name', phone: 'telephone', address: 'address' },
  note: {
    check: 'Please check the {field}',
    kept: 'No {field} was found in what you pasted. This is what stood here before: please check it.',
    asked: 'No {field} was found. Please fill it in.',
  },
  outcome: {
    between: ', ',
    sure: 'Filled in below. Have a look before you order.',
    doubtful: 'Filled in below. Please check: {fields}.',
    nothing: 'No name, telephone or address was found, and nothing was changed. Please fill in the fields below.',
    too_long: 'This is too long (at most {n} characters). Paste only the name, telephone and address.',
    failed: 'What reads it could not be loaded. Check the network and try again, or fill in the fields below.',
    undone: 'The fields are as they were before.',
    left: 'Went into no field:',
  },
  apart: {
    offer: 'This seems to be more than the {field}. Take it apart into the three fields?',
    do: 'Take it apart',
    leave: 'Leave it',
  },
};

export default texts;
