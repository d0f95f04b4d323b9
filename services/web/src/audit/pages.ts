/** Every page of the desk and its address behind the "#"; the table of states must cover it. */

const month = ':month(\\d{4}-\\d{2})';

export const desk_pages = {
  login: '/login',
  entry: '/entry/:index(\\d+)',
  lines: `/${month}/:county/:merchant/:product/:lot`,
  level: `/${month}/:keys*`,
} as const;
