/** Answers in the services' place, so that a page can be brought into any state, and files in the deployment's. */

/** Never answered. */
export const hang = Symbol('hang');
/** The connection breaks. */
export const cut = Symbol('cut');

class Refusal {
  constructor(status, code, errors, headers) {
    Object.assign(this, { status, code, errors, headers });
  }
}
export function refuse(status, code, errors = [], headers = {}) {
  return new Refusal(status, code, errors, headers);
}

class Sequence {
  constructor(answers) {
    this.answers = answers;
  }
  next() {
    return this.answers.length > 1 ? this.answers.shift() : this.answers[0];
  }
}
/** One answer after the other; the last stays. */
export function sequence(...answers) {
  return { make: () => new Sequence([...answers]) };
}

function problem({ status, code, errors, headers }) {
  const body = { type: `urn:shanhai:problem:${code}`, title: code, status, detail: code, code, errors };
  return { status, headers, contentType: 'application/problem+json', body: JSON.stringify(body) };
}

const payment_page = '<!doctype html><html lang="zh-CN"><title>支付</title><main><h1>支付页</h1></main></html>';

/** What is outside of one tab. */
export class World {
  constructor(base_url, answers) {
    this.base_url = base_url;
    this.asked = [];
    this.answers = new Map();
    this.files_broken = false;
    for (const [name, given] of Object.entries(answers)) this.answer(name, given);
  }

  /** From now on. */
  answer(name, given) {
    this.answers.set(name, typeof given?.make === 'function' ? given.make() : given);
  }

  /** As after a deployment: files that are not here yet are gone, until a page is loaded again. */
  breakLazyFiles() {
    this.files_broken = true;
  }

  async serve(route) {
    const request = route.request();
    const name = `${request.method()} ${new URL(request.url()).pathname}`;
    this.asked.push(name);
    const found = this.answers.get(name);
    const given = found instanceof Sequence ? found.next() : found;
    try {
      if (given === hang) return;
      if (given === cut) return await route.abort('connectionfailed');
      if (given instanceof Refusal) return await route.fulfill(problem(given));
      if (typeof given === 'string') return await route.fulfill({ contentType: name.includes('/media/') ? 'image/svg+xml' : 'text/plain', body: given });
      if (given === undefined) return await route.fulfill(problem(refuse(404, 'not-found', [], {})));
      return await route.fulfill({ json: given });
    } catch {
      // The page was closed or left meanwhile.
    }
  }
}

/** The page as it begins where the server knows nothing: what it shows is to be what the tests' services answer. */
export async function serveEmpty(route) {
  try {
    const response = await route.fetch({ maxRedirects: 0 });
    const html = await response.text();
    const body = html.replace(/<!--first-->.*<!--\/first-->/s, '').replace(/<script type="application\/json" id="first">[^<]*<\/script>/, '');
    await route.fulfill({ response, body });
  } catch {
    // The page was closed or left meanwhile, or there is no network.
    await route.abort('connectionfailed').catch(() => undefined);
  }
}

/** One tab's surroundings are exchanged for the next cell's, so that not every cell needs a browser's tab of its own. */
export async function surround(context, page) {
  const surroundings = { world: null };
  await context.route(({ pathname }) => pathname === '/' || /^\/[pb]\/\d+$/.test(pathname), serveEmpty);
  await context.route(/\/(v1|log|media)\//, (route) => surroundings.world.serve(route));
  await context.route(/\/sandbox\/pay\//, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: payment_page }));
  await context.route(/\/assets\/.*\.js$/, (route) => (surroundings.world?.files_broken ? route.fulfill({ status: 404, body: '' }) : route.continue()));
  page.on('request', (request) => {
    if (request.isNavigationRequest() && surroundings.world) surroundings.world.files_broken = false;
  });
  return surroundings;
}
