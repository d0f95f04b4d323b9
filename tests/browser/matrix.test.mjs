/** On every page, by day and night, in small letters and large, on a telephone and a desk: nothing overlaps, is cut, squeezed or sticks out. */

import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertSoundBoxes } from './boxes.mjs';
import { launch } from './browser.mjs';
import { all_ways, named, openAs, pagesFor, pairs_of_ways, prepare } from './matrix.mjs';

/** Where to put a picture of each page, to be looked at; nowhere without. */
const pictures = process.env.SHANHAI_MATRIX_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });
const all = process.env.SHANHAI_MATRIX === 'all';
const ways = all ? all_ways : pairs_of_ways;
const takes = (page_number, way_number) => all || page_number % 3 === way_number % 3;

let browser;
let pages;
before(async () => {
  browser = await launch();
  pages = pagesFor(await prepare(browser));
});
after(() => browser?.close());

for (const [way_number, way] of ways.entries()) {
  test(`every page fits: ${named(way)}`, async (t) => {
    for (const [who, every] of Object.entries(pages)) {
      const addresses = every.filter((_, i) => takes(i, way_number));
      if (addresses.length === 0) continue;
      await t.test(who, async (of_reader) => {
        const { context, page, show } = await openAs(browser, who, way);
        for (const address of addresses) {
          await of_reader.test(address, async () => {
            await show(address);
            if (pictures) {
              const name = `${who}-${every.indexOf(address)}${address.replace(/[#?].*$/, '').replace(/\W+/g, '-')}-${way.width}-${way.theme}-${way.font}-${way.locale}`;
              await page.screenshot({ path: `${pictures}/${name}.jpeg`, type: 'jpeg', quality: 60, fullPage: true, animations: 'disabled' });
            }
            await assertSoundBoxes(page, `${address}, ${named(way)}`);
          });
        }
        await context.close();
      });
    }
  });
}
