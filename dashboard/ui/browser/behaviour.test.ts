import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happen, launch, open } from './driver';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const query = (page: Page) => new URL(page.url()).searchParams;

test('keys lead everywhere', async () => {
  const { page, context } = await open(browser, '');
  await page.locator('text=Is it running?').waitFor();
  await page.keyboard.type('gt');
  await page.getByRole('figure', { name: 'Gradient norm' }).waitFor();
  await page.keyboard.press(']');
  expect(query(page).get('smooth')).toBe('0.8');
  await page.keyboard.press('/');
  await page.keyboard.type('gradient');
  await page.getByRole('figure', { name: 'Learning rate' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('dialog >> text=Less, more smoothing').waitFor();
  await context.close();
});

test('figures are those of the events, and a table is all of them', async () => {
  const { page, context } = await open(browser, 'training?find=step/loss');
  const chart = page.getByRole('figure', { name: 'Loss' });
  await chart.locator('.legend b').filter({ hasText: /^4\.\d{3}$/ }).waitFor();
  await chart.hover();
  const [download] = await Promise.all([page.waitForEvent('download'), chart.getByText('CSV').click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  expect(lines[0]).toBe('step,tokens,time,loss');
  expect(lines[150]).toContain(',17.5');
  await context.close();
});

test('a brush zooms every chart, a click pins, and Escape takes both back', async () => {
  const { page, context } = await open(browser, 'training?find=step/');
  const plot = page.getByRole('figure', { name: 'Loss' }).locator('.u-over');
  await plot.waitFor();
  const box = (await plot.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=/);
  expect(Number(query(page).get('to'))).toBeLessThan(140);
  await page.mouse.click(box.x + box.width * 0.7, box.y + 50);
  await page.waitForURL(/pin=/);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('from=') && !url.search.includes('pin='));
  await context.close();
});

test('an address shows what it was copied from', async () => {
  const { page, context } = await open(browser, 'training?x=tokens&logy=1&find=loss&smooth=0.9');
  await page.locator('input[type=search]').waitFor();
  expect(await page.getByLabel('Horizontal axis').inputValue()).toBe('tokens');
  expect(await page.getByText('log y').getAttribute('aria-pressed')).toBe('true');
  await context.close();
});

test('a step that is taken is seen, but not while paused', async () => {
  const { page, context } = await open(browser, '');
  await page.locator('.figure', { hasText: 'Step' }).locator('text=240').first().waitFor();
  happen('step', { step: 241, tokens: 493568, loss: 4.125, bitsPerByte: 1.4, stepMillis: 490, waitMillis: 2, lagTokens: 268_000, lagSeconds: 250 });
  await page.locator('.figure >> text=4.125').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('text=paused').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await context.close();
});

test('a checkpoint is verified, and two are compared', async () => {
  const { page, context } = await open(browser, 'checkpoints');
  await page.getByText('Verify').first().click();
  await page.locator('text=as written').waitFor();
  await page.locator('.cell', { hasText: 'down' }).first().hover();
  await page.locator('text=model.layers.0.mlp.down_proj.weight').first().waitFor();
  await page.locator('text=neighbours before').waitFor();
  await context.close();
});

test('arrow keys go through checkpoints, and a token tells what else it could have been', async () => {
  const { page, context } = await open(browser, 'reading');
  await page.locator('.token').nth(1).hover();
  await page.locator('text=the likeliest were').waitFor();
  await page.locator('h2').first().click();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/at=120/);
  await page.locator('output >> text=step 120').waitFor();
  await page.getByText('Next token').click();
  await page.waitForURL(/text=/);
  await context.close();
});

test('what left the river can be looked at, and is not run', async () => {
  const { page, context, complaints } = await open(browser, 'flow');
  await page.getByRole('button', { name: 'not json' }).click();
  await page.locator('text=./alluvium deadletters replay 1.1').waitFor();
  expect(await page.locator('.sample .text').first().textContent()).toContain('<script>');
  expect(complaints).toEqual([]);
  await context.close();
});

test('the first look costs less than 80 kB', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(process.env.DASHBOARD_URL ?? '');
  await page.locator('text=Is it running?').waitFor();
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(80_000);
  await context.close();
});

test('on a phone the page that is looked at is in sight among all', async () => {
  const { page, context } = await open(browser, 'estimate', { width: 390, dark: false });
  await page.locator('text=TFLOP/s').first().waitFor();
  const link = (await page.locator('nav a[aria-current]').boundingBox()) as { x: number; width: number };
  expect(link.x).toBeGreaterThanOrEqual(0);
  expect(link.x + link.width).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await context.close();
});
