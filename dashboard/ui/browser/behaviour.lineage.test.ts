import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const query = (page: Page) => new URL(page.url()).searchParams;

test('a head of two checkpoints is seen before, after and between, also with keys', async () => {
  const { page, context, complaints } = await open(browser, 'checkpoints');
  const heads = page.getByRole('region', { name: 'Heads' });
  await heads.getByRole('button', { name: /Layer 0, head 0/ }).click();
  await page.waitForURL(/layer=0/);
  expect(query(page).get('head')).toBe('0');
  const maps = heads.getByRole('group', { name: /Maps of the head/ });
  await maps.locator('canvas').nth(2).waitFor();
  await maps.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  const before = await heads.getByRole('status').textContent();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  expect(await heads.getByRole('status').textContent()).not.toBe(before);
  expect(before).toMatch(/looks at.*before.*now/);
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
