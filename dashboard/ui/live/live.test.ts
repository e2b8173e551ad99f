import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, PAGES, serious } from '../browser/driver';

/** The processes behind the page, by their ids; LiveDashboardIT starts them, and a new dashboard whenever one is gone. */
const dashboard = Number(process.env.DASHBOARD_PID);
const trainer = Number(process.env.TRAINER_PID);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const step = async (page: Page) => Number((await page.locator('.figure', { hasText: /^Step/ }).locator('dd').first().innerText()).replace(/\D/g, ''));

/** A checkpoint may be replaced while a page asks about it (410), and the worker be busy (503); the page then asks again. */
const passing = (complaint: string) => /status of (410|503)/.test(complaint);

/** Waits until the run is further than it was. */
async function moves(page: Page): Promise<void> {
  const before = await step(page);
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(before);
}

test('steps are seen as they are taken', async () => {
  const { page, context, complaints } = await open(browser, '');
  await page.locator('.verdict', { hasText: 'Is it running?' }).getByText('Running', { exact: true }).waitFor();
  await moves(page);
  await moves(page);
  expect(await page.locator('.freshness').innerText()).toBe('live');
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

for (const [path, landmark] of PAGES) {
  test(`/${path} shows the run while it goes on`, async () => {
    const { page, context, complaints } = await open(browser, path);
    await page.locator(landmark).first().waitFor();
    expect(await serious(page)).toEqual([]);
    expect(complaints.filter((each) => !passing(each))).toEqual([]);
    await context.close();
  });
}

test('a page outlives its server, and is told what it missed', async () => {
  const { page, context } = await open(browser, '');
  await moves(page);
  process.kill(dashboard, 'SIGKILL');
  await page.locator('.freshness.lost').waitFor();
  await page.locator('.freshness.live').waitFor();
  await moves(page);
  await context.close();
});

test('a trainer that is told to stop is seen to have stopped', async () => {
  const { page, context } = await open(browser, '');
  await moves(page);
  process.kill(trainer, 'SIGTERM');
  await page.locator('.verdict', { hasText: 'Is it running?' }).getByText('Stopped', { exact: true }).waitFor();
  await context.close();
});
