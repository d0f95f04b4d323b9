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
    lot: 'Traceable lot',
    report: 'Test report',
    at_origin: 'Seller is in ',
  },
  licence: {
    business: 'Business licence',
    food: 'Food production licence',
    registered: 'Registered in',
  },
};

export default shelf;
