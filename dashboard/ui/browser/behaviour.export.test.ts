import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, look, PAGES, serious } from './driver';

/** An export of the run, opened as a file. */
const copy = process.env.DASHBOARD_COPY ?? '';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

for (const [path, landmark] of PAGES) {
  test(`/${path} of an export needs no server`, async () => {
    const { page, context, complaints } = await look(browser, `${copy}#/${path}`);
    await page.locator(landmark).first().waitFor();
    await page.locator('text=copy of').waitFor();
    expect(await serious(page)).toEqual([]);
    expect(await page.locator('.problem').allTextContents()).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
}

test('an export is gone through as the dashboard is', async () => {
  const { page, context, complaints } = await look(browser, copy);
  await page.locator('text=Is it running?').waitFor();
  await page.keyboard.type('gt');
  const loss = page.getByRole('figure', { name: 'Loss', exact: true });
  await loss.locator('.legend b').filter({ hasText: /^4\.\d{3}$/ }).waitFor();
  await page.keyboard.press(']');
  await page.waitForURL(/#\/training\?smooth=0.8/);
  await page.getByLabel('Horizontal axis').selectOption('tokens');
  await page.reload();
  await loss.locator('.u-over').waitFor();
  expect(await page.getByLabel('Horizontal axis').inputValue()).toBe('tokens');
  expect(await loss.getByText('CSV').getAttribute('href')).toMatch(/^tables\/\d+\.csv$/);
  await page.keyboard.type('gr');
  await page.locator('.token').nth(1).hover();
  await page.keyboard.press('ArrowLeft');
  await page.locator('output >> text=step 120').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('what an export does not have, it says', async () => {
  const { page, context } = await look(browser, `${copy}#/reading?text=something+else`);
  await page.locator('text=This is not in the copy').waitFor();
  await context.close();
});
