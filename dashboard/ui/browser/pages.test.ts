import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Look, open, PAGES, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const LOOKS = [1440, 390].flatMap((width) => [false, true].map((dark) => ({ width, dark })));

/** The pictures of the documentation: every page in light, the first one also in the dark. */
async function keepPicture(page: Page, name: string, look: Look): Promise<void> {
  const folder = process.env.DASHBOARD_PICTURES;
  const first = name.endsWith('overview');
  if (folder === undefined || look.width < 1000 || (look.dark && !first)) return;
  await page.screenshot({ path: `${folder}/${name}${look.dark ? '-dark' : ''}.png` });
}

for (const [path, landmark] of PAGES) {
  test(`/${path} is readable for everybody, wide and narrow, dark and light`, async () => {
    for (const look of LOOKS) {
      const { page, context, complaints } = await open(browser, path, look);
      await page.locator(landmark).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} fits ${look.width}`).toBeLessThanOrEqual(0);
      expect(await serious(page), `${path} ${JSON.stringify(look)}`).toEqual([]);
      expect(complaints).toEqual([]);
      await keepPicture(page, `dashboard-${path || 'overview'}`, look);
      await context.close();
    }
  });
}
