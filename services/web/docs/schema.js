import { element, prose } from './dom.js';

const deepest = 5;

/** Follows references inside the description. */
export function resolver(description) {
  return function resolve(node) {
    let found = node;
    while (found && typeof found === 'object' && '$ref' in found) {
      const { $ref, ...beside } = found;
      const target = $ref.slice(2).split('/').reduce((at, step) => at?.[step], description);
      found = { ...target, ...beside };
    }
    return found ?? {};
  };
}

/** One object schema that says what several parts (allOf) say together. */
function joined(schema, resolve) {
  const parts = (schema.allOf ?? []).map((part) => joined(resolve(part), resolve));
  return {
    ...Object.assign({}, ...parts),
    ...schema,
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
    required: [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])],
  };
}

/** "integer, 1 to 100, default 20" */
function kindOf(schema, resolve) {
  const words = [];
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type;
  if (schema.type === 'array') words.push(`list of ${kindOf(resolve(schema.items), resolve) || 'anything'}`);
  else if (type) words.push(type);
  if ('const' in schema) words.push(`always ${JSON.stringify(schema.const)}`);
  if (schema.enum) words.push(`one of ${schema.enum.join(', ')}`);
  if (schema.format) words.push(schema.format);
  if (schema.minimum !== undefined) words.push(`at least ${schema.minimum}`);
  if (schema.maximum !== undefined) words.push(`at most ${schema.maximum}`);
  if (schema.maxLength !== undefined) words.push(`${schema.minLength ?? 0} to ${schema.maxLength} characters`);
  if (schema.maxItems !== undefined) words.push(`${schema.minItems ?? 0} to ${schema.maxItems} of them`);
  if (schema.default !== undefined) words.push(`default ${JSON.stringify(schema.default)}`);
  return words.join(', ');
}

function member(name, schema, required, resolve, depth) {
  const line = element('li', {}, element('code', {}, name), ' ',
    element('span', { class: 'kind' }, [kindOf(schema, resolve), required ? '' : 'optional'].filter(Boolean).join(', ')));
  if (schema.description) line.append(' ', prose(schema.description, 'span'));
  const inner = members(schema, resolve, depth + 1);
  if (inner) line.append(inner);
  return line;
}

function members(schema, resolve, depth) {
  if (depth > deepest) return null;
  const whole = joined(resolve(schema), resolve);
  if (whole.items) return members(whole.items, resolve, depth);
  const choice = [...(whole.oneOf ?? []), ...(whole.anyOf ?? [])].map(resolve).find((one) => one.type !== 'null');
  const properties = Object.entries(whole.properties);
  if (!properties.length) return choice ? members(choice, resolve, depth) : null;
  return element('ul', { class: 'schema' },
    ...properties.map(([name, part]) => member(name, joined(resolve(part), resolve), whole.required.includes(name), resolve, depth)));
}

/** What a schema says, as nested lists. */
export function schemaView(schema, resolve) {
  const whole = joined(resolve(schema), resolve);
  return element('div', {}, element('span', { class: 'kind' }, kindOf(whole, resolve)),
    whole.description ? prose(whole.description) : null, members(whole, resolve, 0));
}

export { kindOf };
