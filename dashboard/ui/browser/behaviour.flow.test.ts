import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const query = (page: Page) => new URL(page.url()).searchParams;
const reach = (page: Page, name: string) => page.locator('.reach').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('the river tells what flows, from where, and what holds it back', async () => {
  const { page, context } = await open(browser, 'flow');
  await reach(page, 'Shards').getByText('2.46 k').waitFor();
  expect(await reach(page, 'Sources').locator('path.water').count()).toBe(3);
  expect(await reach(page, 'Sources').textContent()).toContain('≈');
  expect(await reach(page, 'Filter').textContent()).toMatch(/▲▲.held.back 68.%/);
  expect(await reach(page, 'Filter').locator('path.side').count()).toBe(2);
  expect(await reach(page, 'Deduplicate').getAttribute('class')).toContain('free');
  await page.getByText('268 k tokens / 4 min 10 s behind the last committed shard').waitFor();
  await page.getByRole('cell', { name: '62 % – 68 %' }).waitFor();
  await page.getByRole('button', { name: 'So far' }).click();
  await page.waitForURL(/amount=all/);
  await reach(page, 'Shards').getByText('271 k').waitFor();
  expect(await page.getByRole('row', { name: /^Filter/ }).textContent()).toContain('120 gopher quality: too short');
  await context.close();
});

test('five samples are behind what left, a dead letter with its command, and duplicates are only counted', async () => {
  const { page, context } = await open(browser, 'flow?amount=all');
  await page.getByRole('button', { name: 'gopher quality: too short' }).click();
  await page.waitForURL(/drop=gopher_quality/);
  await page.getByText('8 words of 50').first().waitFor();
  expect(await page.locator('.sample').count()).toBe(5);
  await page.getByRole('button', { name: 'not json' }).click();
  await page.getByText('./alluvium deadletters replay 1.2').waitFor();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('./alluvium deadletters replay 1.1');
  expect(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'exact' }).click();
  await page.getByText('These are only counted').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.waitForURL((url) => !url.search.includes('drop='));
  await context.close();
});

test('commits stand on a time axis, and keys go from one to the next', async () => {
  const { page, context } = await open(browser, 'flow');
  const bars = page.getByRole('slider', { name: 'Commit', exact: true });
  await page.getByText('Commit 12').waitFor();
  await page.getByText('1 h 0 min of silence').waitFor();
  await bars.focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Commit 11').waitFor();
  expect(query(page).get('commit')).toBe('11');
  expect(await bars.getAttribute('aria-valuetext')).toContain('24400 tokens, 70 documents, 1 shard');
  await page.keyboard.press('Home');
  await page.getByText('Commit 1', { exact: true }).waitFor();
  await page.getByRole('slider', { name: 'Commits up to' }).focus();
  await page.keyboard.press('Home');
  await page.waitForURL(/until=/);
  await page.getByRole('button', { name: 'Newest' }).click();
  await page.waitForURL((url) => !url.search.includes('until='));
  await context.close();
});

test('a change of the mixture is marked, told in words, and can be hidden', async () => {
  const { page, context } = await open(browser, '');
  const list = page.getByRole('region', { name: 'Mixture' });
  await list.getByText('web 1 → 1.5 epochs').waitFor();
  expect(await list.textContent()).toContain('since step 120');
  await page.getByRole('link', { name: 'Training' }).click();
  const toggle = page.getByRole('button', { name: 'mixture' });
  expect(await toggle.getAttribute('aria-pressed')).toBe('true');
  await toggle.click();
  await page.waitForURL(/hide=mixture/);
  await context.close();
});

test('on a phone the river flows down', async () => {
  const { page, context } = await open(browser, 'flow', { width: 390, dark: true });
  const above = await reach(page, 'Read').boundingBox();
  const below = await reach(page, 'Filter').boundingBox();
  expect(below?.x).toBe(above?.x);
  expect(below?.y).toBeGreaterThan(above?.y ?? 0);
  await page.getByRole('button', { name: 'not json' }).click();
  await page.getByText('./alluvium deadletters replay 1.1').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await context.close();
});
