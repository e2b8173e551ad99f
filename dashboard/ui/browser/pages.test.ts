import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Every page, and what is to be seen on it once it has loaded. */
const PAGES: [string, string][] = [
  ['', 'text=Is it learning?'],
  ['flow', '.reaches >> text=Shards'],
  ['training', 'figure >> text=Gradient norm'],
  ['checkpoints', '.tensors >> text=embedding'],
  ['embeddings', 'canvas.map'],
  ['attention', '.thumbnail'],
  ['reading', '.token'],
  ['lineage', 'text=document-240'],
  ['estimate', 'text=121 528 TFLOP/s'],
];

const LOOKS = [1440, 390].flatMap((width) => [false, true].map((dark) => ({ width, dark })));

for (const [path, landmark] of PAGES) {
  test(`/${path} is readable for everybody, wide and narrow, dark and light`, async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await open(browser, path, look);
      await page.locator(landmark).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} fits ${look.width}`).toBeLessThanOrEqual(0);
      expect(await serious(page), `${path} ${JSON.stringify(look)}`).toEqual([]);
      expect(complaints).toEqual([]);
      if (process.env.DASHBOARD_PICTURES !== undefined && look.width === 1440) {
        await page.screenshot({ path: `${process.env.DASHBOARD_PICTURES}/dashboard-${path || 'overview'}${look.dark ? '-dark' : ''}.png` });
      }
      await context.close();
    }
  });
}
