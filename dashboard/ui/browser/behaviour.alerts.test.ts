import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happen, launch, open, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('alerts say which rule, how bad, where and why, and stay', async () => {
  const { page, context, complaints } = await open(browser, '');
  const alert = page.locator('.alerts li', { hasText: 'loss jumps' });
  await alert.waitFor();
  expect(await alert.textContent()).toContain('step/loss is 17.50, above 12.00');
  expect(await alert.textContent()).toContain('critical, step 150');
  await page.getByText('did you mean step/gradNorm?').waitFor();
  await page.reload();
  await alert.waitFor();
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the place of an alert is marked on charts, and the pointer tells what it was', async () => {
  const { page, context } = await open(browser, 'training?find=step/loss');
  const plot = page.getByRole('figure', { name: 'Loss' }).locator('.u-over');
  await plot.waitFor();
  const box = (await plot.boundingBox()) as { x: number; y: number; width: number; height: number };
  await expect.poll(async () => {
    for (let at = 0.5; at < 0.75; at += 0.004) {
      await page.mouse.move(box.x + box.width * at, box.y + 60);
      if (await page.getByText('loss jumps: step/loss is 17.50').isVisible()) return true;
    }
    return false;
  }, { timeout: 60_000 }).toBe(true);
  await context.close();
});

test('an alert that arises is shown without being asked for', async () => {
  const { page, context } = await open(browser, '');
  await page.locator('.alerts').waitFor();
  happen('alert', { what: 'checkpoint', message: 'the disk is nearly full' });
  await page.locator('.alerts li', { hasText: 'the disk is nearly full' }).waitFor();
  await context.close();
});
