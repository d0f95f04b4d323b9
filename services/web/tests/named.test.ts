import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick, ref, shallowRef } from 'vue';
import { everything, type Looking } from '../src/shop/looking';
import { useNamed } from '../src/shop/named';

const there: Record<string, unknown> = {
  '/v1/counties/530624': { county_code: '530624', name: '大关县' },
  '/v1/merchants/8': { merchant_id: 8, name: '大关翠竹合作社' },
};
let asked: string[] = [];
let down = false;
beforeEach(() => {
  asked = [];
  down = false;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (down) return new Response('{}', { status: 503 });
    const found = there[path];
    return found ? new Response(JSON.stringify(found)) : new Response(JSON.stringify({ type: 'urn:shanhai:problem:unknown' }), { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await nextTick();
  await new Promise((resolve) => setTimeout(resolve));
}

function lookingFor(over: Partial<Looking>, nothing = true) {
  const looking = shallowRef<Looking>({ ...everything, ...over });
  const empty = ref(nothing);
  const named = useNamed({ looking: () => looking.value, listed: Promise.resolve(), counties: () => [], nothing_found: () => empty.value });
  return { looking, empty, ...named };
}

it('says which county or merchant of the address there is not', async () => {
  const county = lookingFor({ county: '999999' });
  expect(county.asking.value).toBe(true);
  const merchant = lookingFor({ merchant: '7' });
  await settled();
  expect([county.missing.value, merchant.missing.value]).toEqual(['county', 'merchant']);
  expect(county.asking.value).toBe(false);
  county.looking.value = { ...everything, county: '530624' };
  await settled();
  expect(county.missing.value).toBeNull();
  expect(county.counties.value.map((one) => one.name)).toEqual(['大关县']);
});

it('names those that are there and have no goods', async () => {
  const { missing, merchants } = lookingFor({ county: '530624', merchant: '8' });
  await settled();
  expect(missing.value).toBeNull();
  expect(merchants.value).toEqual([{ merchant_id: 8, name: '大关翠竹合作社' }]);
});

it('asks for no merchant whose goods are found, and takes nobody for missing while the services are down', async () => {
  const { empty, missing, looking } = lookingFor({ merchant: '7' }, false);
  await settled();
  expect(asked).toEqual([]);
  down = true;
  empty.value = true;
  looking.value = { ...everything, merchant: '7', county: '999999' };
  await settled();
  expect(asked.sort()).toEqual(['/v1/counties/999999', '/v1/merchants/7']);
  expect(missing.value).toBeNull();
});
