import { element, pretty, prose } from './dom.js';
import { kindOf, resolver, schemaView } from './schema.js';
import { watchSignIn } from './session.js';
import { tryView } from './try.js';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const place = (id) => document.getElementById(id);

function operationsOf(description) {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => ({ path, method, operation: item[method], shared: item.parameters ?? [] })));
}

function parameterTable(parameters, resolve) {
  if (!parameters.length) return null;
  const row = (parameter) => element('tr', {}, element('td', {}, element('code', {}, parameter.name)), element('td', {}, parameter.in),
    element('td', {}, element('span', { class: 'kind' }, kindOf(resolve(parameter.schema), resolve)), ' ', prose(parameter.description ?? resolve(parameter.schema).description, 'span')));
  return element('div', {}, element('h3', {}, 'Parameters'),
    element('table', {}, element('thead', {}, element('tr', {}, ...['Name', 'In', 'Meaning'].map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...parameters.map(row))));
}

function exampleViews(content) {
  const examples = Object.entries(content.examples ?? (content.example ? { Example: { value: content.example } } : {}));
  return examples.map(([name, example]) => element('details', {}, element('summary', {}, `Example: ${example.summary ?? name}`),
    element('pre', { tabindex: '0' }, typeof example.value === 'string' ? example.value : pretty(example.value))));
}

function withExamples(content, resolve) {
  const examples = Object.entries(content.examples ?? {}).map(([name, example]) => [name, resolve(example)]);
  return examples.length ? { ...content, examples: Object.fromEntries(examples) } : content;
}

function responseView(status, response, resolve) {
  const contents = Object.entries(response.content ?? {});
  const view = element('details', {}, element('summary', {}, element('strong', {}, status), ' ', prose(response.description, 'span')));
  const headers = Object.keys(response.headers ?? {});
  if (headers.length) view.append(prose(`Headers: ${headers.map((name) => `\`${name}\``).join(', ')}`));
  for (const [type, content] of contents) {
    view.append(element('p', {}, element('code', {}, type)));
    if (content.schema) view.append(schemaView(content.schema, resolve));
    view.append(...exampleViews(withExamples(content, resolve)));
  }
  return view;
}

function bodyOf(operation, resolve) {
  const body = resolve(operation.requestBody);
  const [type, content] = Object.entries(body.content ?? {})[0] ?? [];
  return type ? { type, content: withExamples(content, resolve) } : null;
}

/** The inside of an operation; drawn when it is opened first, because there are many. */
function operationBody({ path, method, operation, shared }, resolve) {
  const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve);
  const body = bodyOf(operation, resolve);
  return element('div', {}, operation.description ? prose(operation.description) : null, parameterTable(parameters, resolve),
    body ? element('div', {}, element('h3', {}, 'Body'), element('code', {}, body.type), schemaView(body.content.schema ?? {}, resolve)) : null,
    element('h3', {}, 'Answers'),
    ...Object.entries(operation.responses).map(([status, response]) => responseView(status, resolve(response), resolve)),
    tryView(path, method, operation, parameters, body));
}

function operationView(entry, resolve) {
  const { path, method, operation } = entry;
  const view = element('details', { class: 'operation', id: operation.operationId },
    element('summary', {}, element('span', { class: `method ${method}` }, method.toUpperCase()), element('span', { class: 'path' }, path), element('span', {}, operation.summary)));
  view.addEventListener('toggle', () => {
    if (view.open && view.children.length === 1) view.append(operationBody(entry, resolve));
  });
  return { view, words: `${method} ${path} ${operation.summary} ${operation.operationId} ${operation.tags.join(' ')}`.toLowerCase() };
}

function draw(description) {
  const resolve = resolver(description);
  const entries = operationsOf(description);
  const drawn = [];
  const sections = description.tags.map((tag) => {
    const own = entries.filter((entry) => entry.operation.tags[0] === tag.name).map((entry) => operationView(entry, resolve));
    const section = element('section', { 'aria-labelledby': `tag-${tag.name}` }, element('h2', { id: `tag-${tag.name}` }, tag.name),
      prose(tag.description), ...own.map((one) => one.view));
    drawn.push({ section, own });
    place('groups').append(element('li', {}, element('a', { href: `#tag-${tag.name}` }, tag.name), ` (${tag['x-service']})`));
    return section;
  });
  place('summary').textContent = description.info.summary;
  place('operations').replaceChildren(...sections);
  return drawn;
}

function watchFilter(drawn) {
  const show = () => {
    const wanted = place('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { section, own } of drawn) {
      const matching = own.filter((one) => wanted.every((word) => one.words.includes(word)));
      own.forEach((one) => { one.view.hidden = !matching.includes(one); });
      section.hidden = matching.length === 0;
      found += matching.length;
    }
    place('found').textContent = `${found} operations`;
  };
  place('filter').addEventListener('input', show);
  show();
}

function openNamed() {
  const named = place(decodeURIComponent(location.hash.slice(1)));
  if (named?.matches('details')) named.open = true;
  named?.scrollIntoView();
}

async function start() {
  watchSignIn(place('sign-in'), place('who'));
  try {
    const answer = await fetch('openapi.json');
    if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
    watchFilter(draw(await answer.json()));
    window.addEventListener('hashchange', openNamed);
    openNamed();
  } catch (error) {
    place('operations').replaceChildren(element('p', { role: 'alert' }, `The description cannot be shown: ${error.message}`));
  }
}

start();
