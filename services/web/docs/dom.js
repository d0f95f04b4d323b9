/** Small helpers to build the page. Texts are only ever set as text, so nothing in the description can be markup. */

/** element('p', {class: 'hint'}, 'text', child) */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return made;
}

/** A description with its `code`. */
export function prose(text, name = 'p', attributes = {}) {
  const pieces = (text ?? '').split(/`([^`]+)`/);
  return element(name, attributes, ...pieces.map((piece, index) => (index % 2 ? element('code', {}, piece) : piece)));
}

/** JSON as people read it. */
export function pretty(value) {
  return JSON.stringify(value, null, 2);
}
