/**
 * How a house comes to sell here, in pages: it applies on a telephone, is sent back once, is verified by two people, its
 * owner signs in, uses a second factor and invites a clerk. Then what ends soon.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, signIn } from './browser.mjs';
import { confirm, creditCode, decision, fillPapers, houseIsKnown, run, toast, toOnboarding } from './steps.mjs';

/** Where to put pictures to look at; nowhere without. */
const pictures = process.env.SHANHAI_DESK_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
const picture = async (page, name) => {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};

const house = { name: `大关试验${run}专业合作社`, login: `house.${run}`, password: 'seven lanterns over an old ferry' };
const clerk = { login: `clerk.${run}`, password: 'nine baskets of winter bamboo' };
let link = '';
let factor_secret = '';
let used_step = 0;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function signInWith(page, { login, password }) {
  await page.goto('/desk/login');
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
}

test('a house applies on a telephone: the code is checked while it is typed, a reload loses nothing but the password', async () => {
  const { context, page } = await openPage(browser, phone, { expected: [409, 422] });
  await page.goto('/');
  await page.getByRole('link', { name: '我要开店 / 商户入驻' }).click();
  await page.locator('#uscc').waitFor();
  await picture(page, 'join-390');
  const good = creditCode('530624');
  await page.fill('#uscc', `${good.slice(0, 17)}${good.endsWith('0') ? '1' : '0'}`);
  await page.locator('#uscc-fault').getByText('信用代码').waitFor();
  await page.fill('#uscc', creditCode('530600').toLowerCase());
  await page.locator('[data-test=code]').getByText('代码有效').waitFor();
  await page.selectOption('#county', '530624');
  await page.locator('#area-note').waitFor();
  await page.fill('#uscc', good);
  await page.locator('[data-test=code]').getByText('属于大关县').waitFor();
  await fillPapers(page, house);
  await page.fill('#owner-password', 'too short');
  await page.click('[data-test=send]');
  await page.locator('#owner-password-fault').getByText('请写 12 到 200 个字').waitFor();
  await page.fill('#owner-password', 'shanhai shanhai 2026');
  await page.getByText('草稿已存在本机').waitFor();
  await page.click('[data-test=send]');
  await page.getByText('密码里不要有账号名或平台名字').waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('shanhai shanhai 2026'), 'no password is kept');
  await page.reload();
  await page.getByText('已恢复').waitFor();
  assert.equal(await page.inputValue('#name'), house.name);
  assert.equal(await page.inputValue('#owner-password'), '');
  await assertAccessible(page, 'the application');
  await assertFitsWidth(page, 'the application');
  await page.fill('#owner-password', house.password);
  await page.fill('#name', '大关筇海笋业专业合作社（示例）');
  await page.click('[data-test=send]');
  await page.getByText('已经登记过，内容不同').waitFor();
  assert.equal(await page.getAttribute('#uscc', 'aria-invalid'), 'true');
  await page.fill('#name', house.name);
  await page.click('[data-test=send]');
  await page.locator('[data-test=what]').getByText('等待平台运营核对').waitFor();
  link = await page.inputValue('[data-test=link]');
  assert.match(link, /\/desk\/join\/\d+#k=.{20,}$/);
  await assertAccessible(page, 'what becomes of it');
  await assertFitsWidth(page, 'what becomes of it');
  await picture(page, 'applied-390');
  await page.goto('/desk/join');
  await page.getByText('这台设备上的申请').waitFor();
  await context.close();
});

test('without the key nobody reads an application, and the link opens it on another device', async () => {
  const { context, page } = await openPage(browser, phone, { expected: [404] });
  await page.goto(link.split('#')[0]);
  await page.getByText('这个链接不完整').waitFor();
  await page.goto(`${link.split('#')[0]}?#k=${'x'.repeat(43)}`);
  await page.getByText('没有找到').waitFor();
  await page.goto('/desk/login');
  await page.goto(link);
  await page.locator('[data-test=what]').waitFor();
  await context.close();
});

test('the operator sends it back with what is missing, and the applicant corrects it behind the link', async () => {
  const staff = await openPage(browser, desk);
  await toOnboarding(staff.page, 'operator', house);
  await staff.page.getByText('代码有效，地区：大关县').waitFor();
  await staff.page.getByRole('button', { name: '查看电话' }).click();
  await staff.page.locator('[data-test=contact]').getByText('13800138000').waitFor();
  await assertAccessible(staff.page, 'an application, to the operator');
  await picture(staff.page, 'onboarding-1280');
  await decision(staff.page, 'RETURN').click();
  await confirm(staff.page);
  await staff.page.getByText('请填写这一项').waitFor();
  await staff.page.getByRole('button', { name: /收款账户代号对不上/ }).click();
  await confirm(staff.page);
  await toast(staff.page, '已退回');
  await staff.context.close();

  const { context, page } = await openPage(browser, phone);
  await page.goto(link);
  await page.locator('[data-test=reason]').getByText('收款账户代号对不上').waitFor();
  await picture(page, 'returned-390');
  await assertAccessible(page, 'what was returned');
  await page.getByRole('button', { name: '修改材料' }).click();
  await page.fill('#bank', '');
  await page.click('[data-test=send]');
  await page.getByText('有 1 处需要修改').waitFor();
  await page.fill('#bank', 'ACCT-9001');
  await page.locator('[data-test=draft]').getByText('草稿').waitFor();
  await page.reload(); // Who reloads amid a correction goes on with it.
  await page.locator('#bank').waitFor();
  assert.equal(await page.inputValue('#bank'), 'ACCT-9001');
  await page.click('[data-test=send]');
  await page.locator('[data-test=what]').getByText('等待平台运营核对').waitFor();
  await context.close();
});

test('two people verify it: the first cannot be the second', async () => {
  const first = await openPage(browser, desk, { expected: [403] });
  await toOnboarding(first.page, 'operator', house);
  const stale = await first.context.newPage();
  await stale.goto(first.page.url());
  await decision(stale, 'VERIFY').waitFor();
  await decision(first.page, 'VERIFY').click();
  await confirm(first.page);
  await toast(first.page, '等第二位核对');
  await first.page.getByText('您已经核对过这一版').waitFor();
  assert.equal(await decision(first.page, 'VERIFY').count(), 0);
  await decision(stale, 'VERIFY').click();
  await confirm(stale);
  await stale.locator('dialog').getByText('要由另一位运营来核对').waitFor();
  await first.context.close();

  const second = await openPage(browser, desk);
  await toOnboarding(second.page, 'reviewer', house);
  await second.page.locator('[data-test=first]').getByText('第一位核对人').waitFor();
  await picture(second.page, 'second-1280');
  await decision(second.page, 'VERIFY').click();
  await confirm(second.page);
  await toast(second.page, '已通过');
  await second.page.goto('/desk/onboardings');
  await second.page.getByRole('heading', { name: '入驻审核' }).waitFor();
  await assertAccessible(second.page, 'the queue of applications');
  await second.context.close();
});

test('the owner signs in and sees the way to the first sale', async () => {
  const { context, page, complaints } = await openPage(browser, phone);
  await page.goto(link);
  await page.getByRole('link', { name: new RegExp(`用账号 ${house.login} 登录`) }).click();
  assert.equal(await page.inputValue('#login'), house.login);
  await page.fill('#password', house.password);
  await page.click('button[type=submit]');
  assert.ok(await houseIsKnown(page), 'the catalogue never heard of it');
  assert.equal(await page.locator('[data-step=product]').getAttribute('data-state'), 'now');
  await assertAccessible(page, "the owner's first page");
  await assertFitsWidth(page, "the owner's first page");
  await picture(page, 'owner-390');
  assert.deepEqual(complaints, []);
  await context.close();
});

/** RFC 6238. */
function codeAt(secret, step) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(moment).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
const stepNow = () => Math.floor(Date.now() / 30_000);

/** What a telephone reads from the screen. */
async function scanned(page) {
  const folder = mkdtempSync(join(tmpdir(), 'shanhai-'));
  const file = join(folder, 'code.png');
  await page.locator('[data-test=qr]').screenshot({ path: file });
  try {
    return execFileSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a second factor: its code is read from the screen, and the sign-in asks for it', async () => {
  const { context, page } = await openPage(browser, desk, { expected: [401] });
  await signInWith(page, house);
  await page.locator('[data-step=merchant]').waitFor();
  await page.goto('/desk/account');
  await page.getByRole('button', { name: '开启两步验证' }).click();
  await page.fill('#factor-password', 'not this password');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('账号或密码不对').waitFor();
  await page.fill('#factor-password', house.password);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('[data-test=qr]').waitFor();
  factor_secret = (await page.locator('[data-test=secret]').innerText()).replace(/\s/g, '');
  assert.equal(new URL(await scanned(page)).searchParams.get('secret'), factor_secret);
  assert.ok((await page.locator('[data-test=recovery] li').count()) === 10);
  const recovery = (await page.locator('[data-test=recovery] li').first().innerText()).trim();
  await assertAccessible(page, 'the second factor');
  await picture(page, 'factor-1280');
  await page.getByRole('checkbox', { name: '我已经保存好恢复码' }).check();
  used_step = stepNow();
  await page.fill('#factor-code', codeAt(factor_secret, used_step));
  await page.getByRole('button', { name: '确认开启' }).click();
  await page.waitForURL(/\/desk\/login/);
  await page.fill('#password', house.password);
  await page.click('button[type=submit]');
  await page.fill('#code', codeAt(factor_secret, used_step));
  await page.click('button[type=submit]');
  await page.getByText('过期了或已经用过').waitFor();
  await assertAccessible(page, 'the sign-in with a code');
  // The clock of a telephone may be a step ahead: the next code is taken.
  await page.fill('#code', codeAt(factor_secret, Math.max(used_step + 1, stepNow())));
  await page.click('button[type=submit]');
  await page.locator('[data-step=merchant]').waitFor();

  await page.goto('/desk/team');
  await page.click('[data-test=invite]');
  await picture(page, 'invite-1280');
  await page.getByRole('button', { name: '生成链接' }).click();
  const invitation = await page.inputValue('[data-test=link]');
  assert.match(invitation, /\/desk\/invitation#t=.{20,}$/);
  await page.keyboard.press('Escape');
  await page.getByText('等对方接受').waitFor();
  await assertAccessible(page, 'the team');
  await picture(page, 'team-1280');
  await acceptAsClerk(invitation);
  await page.reload();
  await page.getByText(clerk.login).waitFor();
  await picture(page, 'team-both-1280');
  await page.locator('tr', { hasText: clerk.login }).getByRole('button', { name: '重设密码链接' }).click();
  const reset = await page.inputValue('[data-test=link]');
  await page.keyboard.press('Escape');
  await giveServicePhone(page);
  await makeAndWithdrawKey(page, recovery);
  await context.close();
  await chooseAnotherPassword(reset);
});

/** A program of the house: it gets a key once, does what it may, and is shut out. */
async function makeAndWithdrawKey(page, recovery) {
  await page.getByText('还没有接口密钥').waitFor();
  await page.click('[data-test=make-key]');
  await page.fill('#key-name', '进销存');
  await page.fill('#key-password', 'not the password of anybody');
  await page.fill('#key-code', recovery);
  await page.getByRole('button', { name: '生成密钥' }).click();
  await page.getByText('至少选一样').waitFor();
  await page.getByRole('checkbox', { name: /goods:write/ }).check();
  await page.getByRole('button', { name: '生成密钥' }).click();
  await page.locator('[data-test=key-form] [role=alert]').waitFor();
  await assertAccessible(page, 'a new API key');
  await picture(page, 'key-form-1280');
  await page.fill('#key-password', house.password);
  await page.fill('#key-code', recovery);
  await page.getByRole('button', { name: '生成密钥' }).click();
  await page.getByText('只显示这一次，请现在复制到').waitFor();
  const key = await page.inputValue('[data-test=link]');
  assert.match(key, /^shk_[\w-]{43}$/);
  await assertAccessible(page, 'an API key told once');
  const exchange = () => page.request.post(`${base_url}/v1/auth/tokens`, { data: { api_key: key } });
  const { access_token } = await (await exchange()).json();
  const as_program = (path) => page.request.get(base_url + path, { headers: { Authorization: `Bearer ${access_token}` } });
  assert.equal((await as_program('/v1/pictures/999999')).status(), 404, 'it may ask for pictures of the house');
  assert.equal((await (await as_program('/v1/team')).json()).code, 'person-needed');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByText(`${key.slice(0, 12)}…`).waitFor();
  assert.equal(await page.getByText(key).count(), 0, 'it is shown nowhere again');
  await assertFitsWidth(page, 'the API keys');
  await picture(page, 'keys-1280');
  await page.locator('tr', { hasText: '进销存' }).getByRole('button', { name: '停用' }).click();
  await page.click('[data-test=withdraw-key]');
  await page.getByText('密钥已停用').waitFor();
  assert.equal((await (await exchange()).json()).code, 'api-key-withdrawn');
  const until = Date.now() + 2000;
  let status = 200;
  while (status !== 401 && Date.now() < until) status = (await as_program('/v1/pictures/999999')).status();
  assert.equal(status, 401, 'its token is void within a second or two');
}

/** What its customers call, for everybody to see: a wrong number is refused at its field. */
async function giveServicePhone(page) {
  const form = page.locator('[data-test=service-phone]');
  await form.locator('input').fill('110');
  await form.getByRole('button', { name: '保存电话' }).click();
  await form.locator('[aria-invalid=true]').waitFor();
  await form.locator('input').fill('400-810-1234');
  await form.getByRole('button', { name: '保存电话' }).click();
  await page.locator('.toasts').getByText('客服电话已保存').waitFor();
  assert.equal(await form.locator('input').inputValue(), '4008101234');
}

async function acceptAsClerk(invitation) {
  const { context, page } = await openPage(browser, phone, { expected: [409, 422] });
  await page.goto(invitation);
  await page.getByText(`${house.name} 邀请您担任店员`).waitFor();
  await page.fill('#name', '王芳');
  await page.fill('#login', house.login);
  await page.fill('#password', clerk.password);
  await page.getByRole('button', { name: '开通账号' }).click();
  await page.locator('#login-fault').getByText('这个账号名已经有人用了').waitFor();
  await page.fill('#login', clerk.login);
  await assertAccessible(page, 'an invitation');
  await assertFitsWidth(page, 'an invitation');
  await picture(page, 'invited-390');
  await page.getByRole('button', { name: '开通账号' }).click();
  await page.getByText('账号已开通').waitFor();
  await page.reload();
  await page.getByText('这个链接已经用过了').waitFor();
  await signInWith(page, clerk);
  await page.locator('[data-step=merchant]').waitFor();
  await page.goto('/desk/team');
  await page.getByText('邀请、停用和改岗位由负责人来做').waitFor();
  assert.equal(await page.locator('[data-test=invite]').count(), 0);
  await picture(page, 'team-390');
  await context.close();
}

async function chooseAnotherPassword(reset) {
  const { context, page } = await openPage(browser, phone, { expected: [409, 422] });
  await page.goto(reset);
  await page.fill('#password', 'another ferry at the old lantern');
  await assertAccessible(page, 'another password by a link');
  await page.getByRole('button', { name: '换成新密码' }).click();
  await page.getByText('密码已换好').waitFor();
  await page.reload();
  await page.fill('#password', 'another ferry at the old lantern');
  await page.getByRole('button', { name: '换成新密码' }).click();
  await page.getByText('这个链接已经用过了').waitFor();
  await context.close();
}

test('merchants, offices and the operator see what ends soon', async () => {
  for (const [login, device] of [['merchant', phone], ['certifier', desk], ['operator', desk]]) {
    const { context, page } = await openPage(browser, device);
    await signIn(page, login, '/ending');
    await page.getByRole('button', { name: '60 天内' }).waitFor();
    await page.locator('tbody tr[data-row], [data-test=empty]').first().waitFor();
    await assertAccessible(page, `what ends soon, to ${login}`);
    await assertFitsWidth(page, `what ends soon, to ${login}`);
    await picture(page, `ending-${login}`);
    await page.goto('/desk/');
    await page.locator('h1').waitFor();
    await picture(page, `home-${login}`);
    await context.close();
  }
});

/** A batch that takes applications now; in the sample data nobody applies under 闵行优品, so the page is told of one. */
function openBatch(page) {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4)) + 1;
  const until = new Date(Date.parse(today) + 30 * 86_400_000).toISOString().slice(0, 10);
  const batch = { batch_id: 999, scheme: 'MINHANG_YOUPIN', scheme_version: 1, year, applications_from: today, applications_until: until, valid_from: `${year}-01-01`, valid_to: `${year + 1}-01-01` };
  return page.route(/\/v1\/batches/, (route) => route.fulfill({ json: { items: [batch], next: null } })).then(() => year);
}

test('a merchant begins the renewal where it reads that a certification ends', async () => {
  const { context, page } = await openPage(browser, phone);
  await signIn(page, 'merchant');
  const year = await openBatch(page);
  await page.goto('/desk/ending?within=366');
  // Of some goods the renewal may be under way already.
  const renews = page.getByRole('button', { name: `续报 ${year} 年` });
  const row = page.locator('tr[data-row]', { hasText: '闵行优品' }).filter({ has: renews }).first();
  const renew = row.getByRole('button', { name: `续报 ${year} 年` });
  await renew.waitFor();
  const name = (await row.locator('th').innerText()).trim();
  await assertAccessible(page, 'what can be renewed');
  await picture(page, 'renew-390');
  await renew.click();
  // It was decided elsewhere: there is no application to begin from, but the new one knows the product and the batch.
  await page.waitForURL(/\/desk\/applications\/new\?/);
  await page.locator('#product option', { hasText: name }).first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('#product option:checked').innerText(), name);
  assert.match(await page.locator('#batch option:checked').innerText(), /闵行优品/);
  await context.close();
});

test('no new page has an accessibility fault or sticks out on a telephone by night', async () => {
  const of_roles = { owner: ['/team', '/account', '/ending'], operator: ['/onboardings?state=all', '/editions', '/'], certifier: ['/editions/1'] };
  for (const [login, pages] of Object.entries(of_roles)) {
    const { context, page } = await openPage(browser, { ...phone, colorScheme: 'dark' });
    await signIn(page, login);
    for (const address of [...pages, '/join', '/invitation', '/reset', '/second-factor']) {
      await page.goto(`/desk${address}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await assertAccessible(page, `${address}, by night`);
      await assertFitsWidth(page, `${address}, by night`);
    }
    await picture(page, `night-${login}`);
    await context.close();
  }
});
