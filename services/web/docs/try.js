import { element, pretty } from './dom.js';
import { authorization } from './session.js';

let lastId = 0;

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function initialValue(parameter) {
  if (parameter.name === 'Idempotency-Key') return freshKey();
  const example = parameter.example ?? Object.values(parameter.examples ?? {})[0]?.value;
  return parameter.required || parameter.in === 'path' ? (example ?? '') : '';
}

function field(label, input) {
  lastId += 1;
  input.id = `field-${lastId}`;
  return element('div', {}, element('label', { for: input.id }, label), input);
}

function parameterField(parameter) {
  const input = element('input', { autocomplete: 'off', required: parameter.required === true });
  input.value = initialValue(parameter);
  const where = parameter.in === 'header' ? ' (header)' : '';
  return { parameter, input, view: field(`${parameter.name}${where}${parameter.required ? '' : ', optional'}`, input) };
}

/** The examples of a body as a choice, when there are several, above the text that is sent. */
function bodyFields(content) {
  const examples = Object.entries(content.examples ?? (content.example ? { example: { value: content.example } } : {}));
  const text = element('textarea', { spellcheck: 'false' });
  text.value = examples.length ? pretty(examples[0][1].value) : '{}';
  const views = [];
  if (examples.length > 1) {
    const choice = element('select', {}, ...examples.map(([name, example], index) => element('option', { value: index }, example.summary ?? name)));
    choice.addEventListener('change', () => {
      text.value = pretty(examples[Number(choice.value)][1].value);
    });
    views.push(field('Example', choice));
  }
  views.push(field('Body', text));
  return { text, views };
}

function target(path, fields) {
  let filled = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path') {
      filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(input.value).replaceAll('%2F', '/'));
    }
    if (parameter.in === 'query' && input.value !== '') query.set(parameter.name, input.value);
  }
  return query.size || [...query].length ? `${filled}?${query}` : filled;
}

async function answerText(answer) {
  const type = answer.headers.get('Content-Type') ?? '';
  if (answer.type === 'opaqueredirect') return 'A redirect; open the address itself to follow it.';
  if (type.includes('json')) return pretty(await answer.json());
  if (type.startsWith('text/') || type.includes('xml')) return answer.text();
  const bytes = (await answer.arrayBuffer()).byteLength;
  return bytes ? `${bytes} bytes of ${type || 'an unnamed type'}` : '';
}

const shownHeaders = ['Location', 'ETag', 'Retry-After', 'RateLimit', 'Idempotent-Replayed', 'Cache-Control'];

/** A form that sends the operation's example to the server this page came from, and shows what it answers. */
export function tryView(path, method, operation, parameters, bodyContent) {
  const fields = parameters.map(parameterField);
  const body = bodyContent ? bodyFields(bodyContent.content) : null;
  const button = element('button', {}, 'Send');
  const output = element('div', { role: 'status' });
  const form = element('form', { class: 'try', 'aria-label': `Try: ${operation.summary}` }, element('h3', {}, 'Try it'),
    method === 'get' ? null : element('p', { class: 'hint' }, 'This really happens on this installation.'),
    operation.security?.length ? element('p', { class: 'hint' }, 'Staff only: sign in beside first.') : null,
    ...fields.map((one) => one.view), ...(body?.views ?? []), button, output);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const headers = { ...authorization() };
    if (body) headers['Content-Type'] = bodyContent.type;
    for (const { parameter, input } of fields) {
      if (parameter.in === 'header' && input.value) headers[parameter.name] = input.value;
    }
    const address = target(path, fields);
    try {
      const began = performance.now();
      const answer = await fetch(address, { method: method.toUpperCase(), headers, body: body?.text.value, redirect: 'manual' });
      const text = await answerText(answer);
      const took = Math.round(performance.now() - began);
      const told = shownHeaders.filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}`);
      output.replaceChildren(
        element('p', {}, element('strong', {}, `${answer.status || 'Redirect'}`), ` in ${took} ms: ${method.toUpperCase()} ${address}`),
        told.length ? element('pre', {}, told.join('\n')) : '', text ? element('pre', { tabindex: '0' }, text) : '');
    } catch (error) {
      output.replaceChildren(element('p', {}, `Nobody answered: ${error.message}`));
    }
    button.disabled = false;
  });
  return form;
}
