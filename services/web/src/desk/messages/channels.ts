/** What the channels of sale are called, for the sections that speak of them (ChannelKind of proto/openapi). */

export const channels_chinese = {
  METRO_QR: '地铁扫码',
  PACKAGE: '包装扫码',
  EXHIBITION_CENTER: '展销中心',
  EVENT: '展示会',
  LIVESTREAM: '直播',
  RADIO: '广播',
  STORE: '门店',
  WHOLESALE: '批发',
  INST_GOV: '进机关',
  SUPERMARKET: '进商超',
  INST_CANTEEN: '进食堂',
  INST_CAMPUS: '进校园',
  COMMUNITY: '进社区',
  ENTERPRISE: '进企业',
  ONLINE: '线上',
};

export const channels_english: typeof channels_chinese = {
  METRO_QR: 'Metro code',
  PACKAGE: 'Package code',
  EXHIBITION_CENTER: 'Exhibition centre',
  EVENT: 'Event',
  LIVESTREAM: 'Livestream',
  RADIO: 'Radio',
  STORE: 'Store',
  WHOLESALE: 'Wholesale',
  INST_GOV: 'Government',
  SUPERMARKET: 'Supermarket',
  INST_CANTEEN: 'Canteen',
  INST_CAMPUS: 'Campus',
  COMMUNITY: 'Community',
  ENTERPRISE: 'Enterprise',
  ONLINE: 'Online',
};
