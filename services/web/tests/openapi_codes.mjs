/** Which problem codes each operation of proto/openapi can answer, read from its responses' descriptions. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../proto/openapi/', import.meta.url));
const code = /`([a-z]+(?:-[a-z]+)+|overloaded|internal)`/g;

const indentOf = (line) => line.search(/\S/);

/** The lines below the one at `start`, as long as they are indented deeper. */
function block(lines, start) {
  let end = start + 1;
  while (end < lines.length && (lines[end].trim() === '' || indentOf(lines[end]) > indentOf(lines[start]))) end += 1;
  return lines.slice(start, end);
}

function sharedResponse(files, file, reference) {
  const [, other, name] = /'([^#]*)#\/components\/responses\/(\w+)'/.exec(reference) ?? [];
  if (name === undefined) return '';
  const lines = files.get(other || file);
  const at = lines.findIndex((line) => line === `    ${name}:`);
  if (at < 0) return '';
  const own = block(lines, at).join('\n');
  return own.replace(/\$ref: ('[^']*#\/components\/responses\/\w+')/g, (_, again) => sharedResponse(files, other || file, again));
}

function responsesOf(files, file, operation) {
  const start = operation.findIndex((line) => /^ {6}responses:/.test(line));
  if (start < 0) return [];
  const lines = block(operation, start);
  return lines.flatMap((line, i) => {
    const [, status] = /^ {8}'(\d{3})':/.exec(line) ?? [];
    if (status === undefined) return [];
    const own = block(lines, i).join('\n');
    const text = own.replace(/\$ref: ('[^']*#\/components\/responses\/\w+')/g, (_, reference) => sharedResponse(files, file, reference));
    return [{ status: Number(status), codes: [...new Set([...text.matchAll(code)].map(([, one]) => one))] }];
  });
}

/** operationId → [{status, code}] of its refusals. Throws when an operation is nowhere. */
export function refusalsOf(operation_ids) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const files = new Map(names.map((name) => [name, readFileSync(folder + name, 'utf8').split('\n')]));
  const found = new Map();
  for (const [file, lines] of files) {
    lines.forEach((line, i) => {
      const [, id] = /^ {6}operationId: (\w+)/.exec(line) ?? [];
      if (id === undefined || !operation_ids.includes(id)) return;
      const operation = block(lines, lines.slice(0, i).findLastIndex((one) => indentOf(one) === 4));
      const refusals = responsesOf(files, file, operation).filter(({ status }) => status >= 400);
      found.set(id, refusals.flatMap(({ status, codes }) => codes.map((one) => ({ status, code: one }))));
    });
  }
  const lost = operation_ids.filter((id) => !found.has(id));
  if (lost.length > 0) throw new Error(`proto/openapi has no operation ${lost.join(', ')}`);
  return found;
}
