import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serious } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const OWN = 'A text that this run alone asks about.';

test("the run's own texts are offered, and read across checkpoints that are gone", async () => {
  const { page, context, complaints } = await open(browser, 'reading');
  await page.getByLabel('Probe texts').selectOption(OWN);
  await page.waitForURL(/text=A\+text/);
  await page.locator('output >> text=step 240').waitFor();
  await page.locator('h2').first().click();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.locator('output >> text=step 60').waitFor();
  await page.locator('text=The checkpoint is gone').waitFor();
  await page.locator('.token').nth(1).hover();
  await page.locator('text=the likeliest were').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('where heads look is kept, too', async () => {
  const { page, context, complaints } = await open(browser, 'attention?at=60');
  await page.locator('.thumbnail').nth(1).click();
  await page.waitForURL(/head=1|layer=1/);
  await page.locator('text=/on the first token/').first().waitFor();
  await page.locator('.square canvas').waitFor();
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("one's own text is asked of checkpoints that are there", async () => {
  const { page, context } = await open(browser, 'reading?at=60');
  await page.locator('text=The checkpoint is gone').waitFor();
  await page.getByRole('textbox', { name: 'Text' }).fill('Something else');
  await page.keyboard.press('Enter');
  await page.locator('output >> text=step 240').waitFor();
  await page.getByRole('button', { name: 'Next token' }).waitFor();
  await context.close();
});

test('health is drawn from what probes say', async () => {
  const { page, context, complaints } = await open(browser, 'training?find=probe');
  const health = page.getByRole('region', { name: 'Health' });
  await health.getByRole('figure', { name: 'Heads that do nothing' }).waitFor();
  await health.getByRole('figure', { name: 'Bits per byte of each probe text' }).locator('text=A text that this run').first().waitFor();
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the time of a step is told by its parts', async () => {
  const { page, context, complaints } = await open(browser, 'training?find=time+of+a+step');
  const chart = page.getByRole('figure', { name: 'Time of a step' });
  for (const part of ['forward', 'output, both ways', 'backward', 'update', 'waiting', 'saving, evaluating']) {
    await chart.getByRole('button', { name: part }).waitFor();
  }
  expect(complaints).toEqual([]);
  await context.close();
});
