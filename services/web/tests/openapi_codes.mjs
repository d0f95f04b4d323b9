/**
 * Which problem codes each operation of proto/openapi can answer: from its responses' descriptions, and from
 * proto/operations.csv, whose rights imply 401, 403 and 503 as scripts/lib/openapi_files.py adds them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const proto = fileURLToPath(new URL('../../../proto/', import.meta.url));
const folder = `${proto}openapi/`;
const roles = ['merchant', 'certifier', 'operator', 'auditor', 'admin'];
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

function responsesOf(files, file, operation, implied) {
  const start = operation.findIndex((line) => /^ {6}responses:/.test(line));
  if (start < 0) return [];
  const own_lines = block(operation, start);
  const stated = (line) => own_lines.some((one) => one.startsWith(line.slice(0, 14)));
  const lines = [...own_lines, ...implied.filter((line) => !stated(line))];
  return lines.flatMap((line, i) => {
    const [, status] = /^ {8}'(\d{3})':/.exec(line) ?? [];
    if (status === undefined) return [];
    const own = block(lines, i).join('\n');
    const text = own.replace(/\$ref: ('[^']*#\/components\/responses\/\w+')/g, (_, reference) => sharedResponse(files, file, reference));
    return [{ status: Number(status), codes: [...new Set([...text.matchAll(code)].map(([, one]) => one))] }];
  });
}

/** The lines of YAML that the table of rights stands for. */
function impliedByRights(id) {
  const row = readFileSync(`${proto}operations.csv`, 'utf8').split('\n').map((line) => line.split(',')).find(([name]) => name === id);
  if (!row) throw new Error(`proto/operations.csv has no operation ${id}`);
  const [, method, , , who] = row;
  const may = who.split(' ');
  const signs_in = may.includes('account') || may.some((one) => roles.includes(one));
  const line = (status, name) => `        '${status}': {$ref: 'common.yaml#/components/responses/${name}'}`;
  return [
    ...(signs_in ? [line(401, 'Unauthenticated')] : []),
    ...(signs_in ? [line(403, 'Forbidden')] : []),
    ...(signs_in && method !== 'GET' ? [line(503, 'Unavailable')] : []),
  ];
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
      const refusals = responsesOf(files, file, operation, impliedByRights(id)).filter(({ status }) => status >= 400);
      found.set(id, refusals.flatMap(({ status, codes }) => codes.map((one) => ({ status, code: one }))));
    });
  }
  const lost = operation_ids.filter((id) => !found.has(id));
  if (lost.length > 0) throw new Error(`proto/openapi has no operation ${lost.join(', ')}`);
  return found;
}
