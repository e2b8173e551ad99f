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

test('a step leads to its shards and documents, and a document to its steps', async () => {
  const { page, context, complaints } = await open(browser, 'lineage?around=60');
  await page.getByRole('region', { name: 'Shards' }).getByText('shards/4.parquet').waitFor();
  await page.getByRole('region', { name: 'Documents' }).getByText('<b>part</b>-0.jsonl@60').waitFor();
  await page.getByRole('button', { name: 'document-61' }).click();
  await page.waitForURL(/id=document-61/);
  await page.getByText('first at step 60').waitFor();
  expect(await page.locator('tr.step').count()).toBe(2);
  await page.getByRole('region', { name: 'Text' }).locator('.text').waitFor();
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('bits per byte, over its first 8 of 12 tokens').waitFor();
  await page.getByText("./alluvium corpus explain 'document-61'").waitFor();
  expect(await serious(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a spike leads to its step, and what it was put down to knows its loss then', async () => {
  const { page, context } = await open(browser, 'lineage');
  await page.getByLabel('Spike or alert').selectOption({ value: '150' });
  await page.waitForURL(/around=150/);
  await page.getByRole('button', { name: 'document-150' }).click();
  await page.getByRole('region', { name: 'Loss on it' }).getByText('17.625').waitFor();
  await context.close();
});

test('a pinned step leads to what it learned from', async () => {
  const { page, context } = await open(browser, 'training?pin=70');
  await page.getByRole('button', { name: 'What step 70 learned from' }).click();
  await page.waitForURL(/lineage.*around=70/);
  await page.getByText('document-70', { exact: true }).waitFor();
  await context.close();
});

test('a document is found by its content hash, and one that is nowhere is told of', async () => {
  const { page, context } = await open(browser, 'lineage');
  const search = page.getByRole('searchbox');
  await search.fill('00000000000000960000000000000096');
  await search.press('Enter');
  await page.getByRole('button', { name: 'document-150' }).click();
  await page.getByText('first at step 149').waitFor();
  await search.fill('nobody');
  await search.press('Enter');
  await page.getByText('is among 849 records').waitFor();
  await context.close();
});

test('tokens are coloured, searched and gone through with keys', async () => {
  const { page, context, complaints } = await open(browser, 'embeddings');
  const map = page.getByRole('application', { name: /Map of \d+ tokens/ });
  await map.waitFor();
  const colours = page.getByRole('list', { name: 'Colours' });
  await page.getByLabel('Colour', { exact: true }).selectOption('frequency');
  await colours.getByText('tokens counted, of the newest 6 shards').waitFor();
  await page.getByLabel('Colour', { exact: true }).selectOption('change');
  await colours.getByText(/1 − cosine, since step 120/).waitFor();
  expect(query(page).get('by')).toBe('change');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL(/word=/);
  expect(query(page).get('at')).toBeNull();
  const word = query(page).get('word') ?? '';
  await page.getByRole('region', { name: 'Neighbours' }).getByRole('row').nth(2).waitFor();
  const search = page.getByRole('combobox', { name: 'Search a token' });
  await search.fill('');
  await search.fill(word.slice(0, 1));
  await page.getByRole('listbox', { name: 'Tokens' }).getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('listbox', { name: 'Tokens' }).getByRole('option').first().getAttribute('aria-selected')).toBe('true');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/word=/);
  expect(complaints).toEqual([]);
  await context.close();
});

test('an analogy is kept in the address', async () => {
  const { page, context } = await open(browser, 'embeddings');
  const analogy = page.getByRole('region', { name: 'Analogy' });
  await analogy.getByLabel('This word', { exact: true }).fill('nobody');
  await analogy.getByLabel('Work it out').click();
  await page.waitForURL(/of=nobody/);
  await analogy.getByText('is no single token of this vocabulary').waitFor();
  await context.close();
});
