import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happen, launch, open, serious } from './driver';

// What people expect of any dashboard of training, point by point. What is not here is tested where its page is.

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const query = (page: Page) => new URL(page.url()).searchParams;
const chart = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });

const taken = (step: number) => ({ step, tokens: 2048 * step, loss: step / 100, bitsPerByte: 1.4, stepMillis: 490, waitMillis: 2 });

/** A place in a chart, in shares of its plot. */
async function at(figure: Locator, across: number, down = 0.5): Promise<[number, number]> {
  const { x, y, width, height } = (await figure.locator('.u-over').boundingBox()) as { x: number; y: number; width: number; height: number };
  return [x + across * width, y + down * height];
}

test('1: the overview says whether it runs, is fed, learns, and when it ends or why it has', async () => {
  const { page, context } = await open(browser, '');
  for (const question of ['Is it running?', 'Is it fed?', 'Is it learning?', 'Next checkpoint?']) await page.getByText(question).waitFor();
  await page.locator('.verdict .note', { hasText: /stopped by the user|ends about/ }).waitFor();
  await context.close();
});

test('2: smoothing goes from none to nearly all, and a double click brings it back', async () => {
  const { page, context } = await open(browser, 'training?smooth=0.95');
  const slider = page.getByRole('slider', { name: 'Smoothing' });
  await slider.focus();
  await page.keyboard.press('End');
  await page.waitForURL(/smooth=0.999/);
  await page.keyboard.press('Home');
  await page.waitForURL(/smooth=0(&|$)/);
  await slider.dblclick();
  await page.waitForURL((url) => !url.search.includes('smooth'));
  expect(await slider.inputValue()).toBe('0.6');
  await context.close();
});

test('3: every axis there is, both logarithms, and outliers on demand', async () => {
  const { page, context, complaints } = await open(browser, 'training?find=step/loss');
  const loss = chart(page, 'Loss');
  for (const axis of ['tokens', 'flops', 'time', 'relative', 'step']) {
    await page.getByLabel('Horizontal axis').selectOption(axis);
    await loss.locator('tbody tr').first().waitFor({ state: 'attached' });
  }
  for (const toggle of ['log x', 'log y', 'outliers']) {
    await page.getByRole('button', { name: toggle }).click();
    await page.locator(`button[aria-pressed=true] >> text=${toggle}`).waitFor();
  }
  expect(Object.fromEntries(query(page))).toMatchObject({ logx: '1', logy: '1', outliers: '1' });
  expect(complaints).toEqual([]);
  await context.close();
});

test('4: the cursor is in every chart at once, and the tooltip begins with the nearest line', async () => {
  const { page, context } = await open(browser, 'training?find=bits&smooth=0');
  const sources = chart(page, 'Bits per byte, held out, by source');
  const alone = chart(page, 'Bits per byte, held out');
  await alone.locator('.legend b').filter({ hasText: /\d/ }).waitFor();
  const newest = await alone.locator('.legend b').textContent();
  const order = async (down: number) => {
    await page.mouse.move(...(await at(sources, 0.02, down)));
    await sources.locator('.tooltip div').nth(2).waitFor();
    return sources.locator('.tooltip div span').allTextContents();
  };
  expect((await order(0.02))[1]).not.toBe((await order(0.98))[1]);
  await expect.poll(() => alone.locator('.legend b').textContent()).not.toBe(newest);
  await context.close();
});

test('5: runs are compared, one is looked at alone, and only what differs is listed', async () => {
  const { page, context, complaints } = await open(browser, 'training?run=main&run=sibling&find=step/loss');
  const loss = chart(page, 'Loss');
  await loss.getByRole('button', { name: 'sibling' }).waitFor();
  await loss.getByRole('button', { name: 'main' }).click({ modifiers: ['Alt'] });
  expect(await loss.locator('.legend button[aria-pressed=false]').count()).toBe(1);
  await page.getByText('One setting differs').click();
  expect(await page.locator('.runs tbody th').allTextContents()).toEqual(['train.seed']);
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('5: a run keeps the colour that it was given', async () => {
  const { page, context } = await open(browser, 'training?run=main&run=sibling');
  const tint = () => page.locator('.chip', { hasText: 'sibling' }).evaluate((chip) => getComputedStyle(chip).getPropertyValue('--tint'));
  await page.locator('.chip').first().waitFor();
  const before = await tint();
  await page.getByRole('button', { name: 'Another colour for sibling' }).click();
  const after = await tint();
  expect(after).not.toBe(before);
  await page.reload();
  await page.locator('.chip').first().waitFor();
  expect(await tint()).toBe(after);
  await context.close();
});

test('a run that went back is one line', async () => {
  const { page, context } = await open(browser, 'training?run=sibling&find=step/loss&smooth=0');
  const cells = chart(page, 'Loss').locator('tbody tr td:nth-child(2)');
  await cells.first().waitFor({ state: 'attached' });
  const steps = (await cells.allTextContents()).map(Number);
  expect(steps).toEqual([...new Set(steps)].sort((one, other) => one - other));
  await chart(page, 'Loss').locator('.legend b', { hasText: '3.000' }).waitFor();
  await context.close();
});

test('6: a page that slept and one that was cut off have missed nothing once they are back', async () => {
  const { page, context } = await open(browser, 'training?find=step/loss&smooth=0');
  const loss = chart(page, 'Loss');
  await loss.locator('.legend b').filter({ hasText: /\d/ }).waitFor();
  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  for (let step = 242; step < 250; step++) happen('step', taken(step));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await loss.locator('.legend b', { hasText: '2.490' }).waitFor();
  await context.setOffline(true);
  for (let step = 250; step < 260; step++) happen('step', taken(step));
  await context.setOffline(false);
  await loss.locator('.legend b', { hasText: '2.590' }).waitFor();
  await page.goto(`${page.url()}&from=242&to=249`);
  await loss.locator('tbody tr', { hasText: '249' }).waitFor({ state: 'attached' });
  expect(await loss.locator('tbody td:nth-child(2)').allTextContents()).toEqual(['242', '243', '244', '245', '246', '247', '248', '249']);
  happen('resume', { step: 240, path: 'step-240' }); // which undoes them, for the tests after this one
  await loss.locator('text=Nothing yet').waitFor();
  await context.close();
});

test('7: a link brings everything that was chosen to somebody else', async () => {
  const { page, context } = await open(browser, 'training?run=main&run=sibling&x=tokens&logy=1&from=20480&to=409600&pin=204800');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chart(page, 'Loss').locator('.u-over').waitFor();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.locator('text=Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  expect([...query(page).keys()].sort()).toEqual(['from', 'logy', 'pin', 'run', 'run', 'to', 'x']);
  await context.close();
});

test('8: dark and light follow the system until somebody chooses, and motion is left out for who wants none', async () => {
  const { page, context } = await open(browser, '', { width: 1440, dark: true });
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.locator('text=Is it running?').waitFor();
  expect(await theme()).toBe('dark');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expect.poll(theme).toBe('light');
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await page.reload();
  await page.locator('text=Is it running?').waitFor();
  expect(await theme()).toBe('dark');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await context.close();
});

test('9: every key of the help does what it says', async () => {
  const { page, context } = await open(browser, '');
  await page.locator('text=Is it running?').waitFor();
  for (const [letter, path] of [['d', 'flow'], ['f', 'flow'], ['t', 'training'], ['c', 'checkpoints'], ['e', 'embeddings'], ['i', 'attention'], ['a', 'attention'], ['l', 'lineage'], ['s', 'estimate'], ['r', 'reading'], ['o', '']]) {
    await page.keyboard.type(`g${letter}`);
    await page.waitForURL((url) => url.pathname === `/${path}`);
  }
  await page.keyboard.type('gr');
  await page.locator('output >> text=step 240').waitFor();
  await page.keyboard.press('k');
  await page.locator('output >> text=step 120').waitFor();
  await page.keyboard.press('j');
  await page.locator('output >> text=step 240').waitFor();
  await page.keyboard.press('?');
  await page.locator('dialog[open] >> text=Less, more smoothing').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
  await context.close();
});

test('10: a chart is taken away as figures, as a picture and as a drawing, and a run as statements', async () => {
  const { page, context } = await open(browser, 'training?run=main&run=sibling&find=step/loss');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const loss = chart(page, 'Loss');
  await loss.locator('.u-over').waitFor();
  await loss.hover();
  const saved = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), loss.getByRole('button', { name: `${name} of Loss` }).click()]);
    return readFileSync(await download.path());
  };
  expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG');
  const drawing = (await saved('SVG')).toString();
  const problem = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', drawing);
  expect(problem).toBe('');
  expect(drawing.match(/stroke-linejoin|fill-opacity/g)).toHaveLength(3);
  await page.getByRole('button', { name: 'Open in DuckDB' }).click();
  const dialog = page.getByRole('dialog', { name: 'Steps in DuckDB' });
  await dialog.locator('text=read_ndjson_objects').waitFor();
  expect(await serious(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.locator('text=Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('SELECT step, tokens, time, loss FROM step');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await context.close();
});

test('12: everything comes from one server', async () => {
  const { page, context } = await open(browser, '');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.reload();
  await page.locator('text=Is it running?').waitFor();
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
  await context.close();
});
