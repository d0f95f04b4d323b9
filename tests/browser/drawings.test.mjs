/** The sample goods as a browser draws them: whole, none like another, and in the shop at their products. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { base_url, launch } from './browser.mjs';

const repository = new URL('../../', import.meta.url);
const folder = new URL('services/web/public/media/goods/', repository);
const drawings = readdirSync(folder).sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const samples = ['products', 'bundles'].map((file) => JSON.parse(readFileSync(new URL(`data/sample/${file}.json`, repository), 'utf8')));

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.evaluate(() => {
    /** The picture as pixels, as an <img> would show it. */
    window.pixelsOf = async (text, size) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0, size, size);
      return context.getImageData(0, 0, size, size).data;
    };
  });
});
after(() => browser?.close());

test('each is XML, and nothing in it is cut at an edge', async () => {
  for (const { name, text } of drawings) {
    const { faults, colours } = await page.evaluate(async (source) => {
      const read = new DOMParser().parseFromString(source, 'image/svg+xml');
      const [size, edge] = [400, 12];
      const pixels = await window.pixelsOf(source, size);
      const found = new Set();
      for (let y = 0; y < size; ++y) {
        for (let x = 0; x < size; ++x) {
          if (Math.min(x, y, size - 1 - x, size - 1 - y) >= edge) continue;
          found.add(pixels.slice(4 * (y * size + x), 4 * (y * size + x) + 4).join());
        }
      }
      return { faults: read.querySelectorAll('parsererror').length, colours: found.size };
    }, text);
    assert.equal(faults, 0, name);
    assert.equal(colours, 2, `${name}: along its edges there is more than wall and table`);
  }
});

/** Mean difference of a channel, of 255, below which two are told apart only by looking twice. */
const alike = 8;
test('at 160 px no two look alike', async () => {
  const pairs = await page.evaluate(async ([all, least]) => {
    const small = await Promise.all(all.map(({ text }) => window.pixelsOf(text, 160)));
    const close = [];
    small.forEach((one, i) => small.slice(0, i).forEach((other, j) => {
      let sum = 0;
      for (let at = 0; at < one.length; ++at) sum += Math.abs(one[at] - other[at]);
      const mean = sum / (one.length * 0.75); // Every fourth is opacity, the same in all.
      if (mean < least) close.push(`${all[i].name} × ${all[j].name}: ${mean.toFixed(1)}`);
    }));
    return close;
  }, [drawings, alike]);
  assert.deepEqual(pairs, []);
});

async function listed(path) {
  const found = [];
  for (let next = `${path}?limit=100`; next;) {
    const answer = await fetch(base_url + next);
    assert.equal(answer.status, 200, next);
    const { items, next_cursor } = await answer.json();
    found.push(...items);
    next = next_cursor ? `${path}?limit=100&cursor=${encodeURIComponent(next_cursor)}` : null;
  }
  return found;
}

test('the shop shows each with its product', async () => {
  const [products, bundles] = samples;
  for (const [shown, wanted] of [[await listed('/v1/products'), products], [await listed('/v1/bundles'), bundles]]) {
    for (const sample of wanted.filter((one) => one.listed)) {
      const address = sample.image ?? sample.images[0];
      assert.equal(shown.find((one) => one.name === sample.name)?.image, address, sample.name);
      const answer = await fetch(base_url + address);
      assert.equal(answer.status, 200, address);
      assert.equal(answer.headers.get('Content-Type'), 'image/svg+xml');
    }
  }
});
