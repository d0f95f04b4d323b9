/** What a member of the staff asks of the services, to bring a platform to where a page is to be looked at. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { base_url, passwordOf } from './browser.mjs';
import { daysFrom, now } from './clock.mjs';

/** Calls in the name of an account; throws on a refusal, unless it is one of those that are `allowed`. */
export async function staff(login, password = passwordOf(login)) {
  const send = (method, path, body, headers) => fetch(`${base_url}${path}`, { method, headers, body });
  const signed_in = await send('POST', '/v1/auth/login', JSON.stringify({ login, password }), { 'Content-Type': 'application/json' });
  const { access_token } = await signed_in.json();
  return async (method, path, body, { headers = {}, allowed = [] } = {}) => {
    const raw = Buffer.isBuffer(body);
    const response = await send(method, path, raw ? body : body && JSON.stringify(body), { Authorization: `Bearer ${access_token}`, ...(body && !raw && { 'Content-Type': 'application/json' }), ...headers });
    const answer = await response.json();
    assert.ok(response.ok || allowed.includes(answer.code), `${method} ${path} answered ${response.status} ${answer.code}: ${answer.detail}`);
    return { ...answer, tag: response.headers.get('ETag') };
  };
}

/** 闵行优品 goes by applications, and the batch of next year is open. */
export async function openYear({ recommendations = 0 } = {}) {
  const certifier = await staff('certifier');
  const scheme = await certifier('GET', '/v1/schemes/MINHANG_YOUPIN');
  if (!scheme.by_application || scheme.recommendations !== recommendations) {
    const rules = { name: '闵行优品', counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 5, recommendations, by_application: true, required_evidence: ['TEST_REPORT'], report_months_max: 12, price_band_bp: 0, base_required: false };
    await certifier('PUT', '/v1/schemes/MINHANG_YOUPIN', rules, { headers: { 'If-Match': scheme.tag } });
  }
  const year = Number(daysFrom(now(), 0).slice(0, 4)) + 1;
  const batch = { scheme: 'MINHANG_YOUPIN', year, applications_from: daysFrom(now(), -1), applications_until: daysFrom(now(), 45), valid_from: `${year}-01-01`, valid_to: `${year + 1}-01-01` };
  await certifier('POST', '/v1/batches', batch, { allowed: ['batch-exists'] });
  const { items } = await certifier('GET', '/v1/batches?scheme=MINHANG_YOUPIN&limit=100');
  return items.find((one) => one.year === year).batch_id;
}

/** An office of 大关县 that recommends, and an account of it. */
export async function openCountyOffice(account) {
  const admin = await staff('admin');
  const office = { name: '大关县乡村振兴局（示例）', kind: 'DISTRICT_OFFICE', county_code: '530624' };
  const { organisation_id } = await admin('POST', '/v1/organisations', office);
  const { account_id } = await admin('POST', '/v1/accounts', { ...account, roles: ['certifier'], organisation_id });
  await admin('POST', `/v1/accounts/${account_id}/second-factor`, { required: false }); // No telephone here shows codes.
}

async function handIn(merchant, name, content) {
  const announced = await merchant('POST', '/v1/evidence', { name, media_type: 'image/jpeg', size_bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  for (let at = announced.received_bytes; at < content.length; at += announced.piece_bytes_max) {
    await merchant('PATCH', `/v1/evidence/${announced.id}`, content.subarray(at, at + announced.piece_bytes_max), { headers: { 'Content-Type': 'application/partial-upload', 'Upload-Offset': String(at) } });
  }
  return announced.id;
}

/** An application for the noodles that the office is reviewing, with a photographed report; its number. */
export async function applicationInReview(photograph) {
  const batch_id = await openYear();
  const [merchant, certifier] = [await staff('merchant'), await staff('certifier')];
  const mine = await merchant('GET', `/v1/applications?batch_id=${batch_id}&product_id=1`);
  if (mine.items.length > 0) return mine.items.at(-1).application_id;
  const file_id = await handIn(merchant, '检测报告.jpg', photograph);
  const issued_on = daysFrom(now(), -40);
  const made = await merchant('POST', '/v1/applications', {
    batch_id, product_id: 1, statement: '高山春笋采后速冻，打浆后与小麦粉一起和面，低温慢烘；每批都有检测报告，价格与同类持平。',
    linkage: '与天星镇 38 户签有鲜笋收购合同，每公斤保底 6 元，年底按交售量二次返利。', evidence: [{ kind: 'TEST_REPORT', file_id, number: 'QC-2026-1018', issued_on, valid_until: null }],
  });
  const step = (who, tag, action) => who('POST', `/v1/applications/${made.application_id}/steps`, { action }, { headers: { 'If-Match': tag } });
  const submitted = await step(merchant, made.tag, 'SUBMIT');
  await step(certifier, submitted.tag, 'BEGIN_REVIEW');
  return made.application_id;
}
