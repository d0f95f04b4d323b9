import type { ShelfTexts } from './shelf.zh-CN';

const shelf: ShelfTexts = {
  home: {
    of_day: 'County of the day',
    paired: 'supported by {districts}',
    go: 'See all {n} from {county}',
    categories: 'Categories',
    all: 'All',
    showing: 'Showing',
    drop: 'Remove: {what}',
  },
  card: {
    per_500g: '¥{yuan}/500 g',
  },
  sheet: {
    buy: 'Buy now',
    choose: 'Choose a size',
    kept: 'What you filled in',
    title: 'Order',
    close: 'Close; what you filled in stays',
    one: '{price} / {size}',
  },
  promise: {
    title: 'Good to know',
    SEVEN_DAY: 'Returns within 7 days',
    FRESH_EXEMPT: 'Fresh: no 7-day return',
    CUSTOM_EXEMPT: 'Made to order: no 7-day return',
    CONFIRMED_EXEMPT: 'No 7-day return once agreed',
    returns_differ: 'Returns differ, see each item',
    lot: 'Traceable lot',
    report: 'Test report',
    at_origin: 'Seller is in ',
  },
  brought: {
    title: 'What it brings to the place of origin',
    before: 'You brought {money} to ',
    after: '',
    rule: 'This is what goods with a certification valid at payment cost; it counts as consumption assistance.',
    part: 'The rest of this order does not count.',
    demonstration: 'This was a payment for demonstration: no money moved, and the ledger marks it so.',
    look: 'Check it in the ledger',
    looking: 'Checking…',
    same: '✓ Signature checked in your browser: entry {places} of the ledger holds this order and counts the same.',
    other: 'Entry {places} of the ledger holds this order but counts another amount; the ledger is right.',
    unproven: 'The proof of the ledger did not hold. Please tell us.',
  },
  licence: {
    business: 'Business licence',
    food: 'Food production licence',
    registered: 'Registered in',
    phone: 'Telephone',
    sample_phone: 'a made-up number, reaches nobody',
  },
};

export default shelf;
