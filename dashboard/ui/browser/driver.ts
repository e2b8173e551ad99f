import { appendFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where the dashboard under test is, and the events of the run that it shows; BrowserIT says both. */
const address = process.env.DASHBOARD_URL ?? '';
const events = process.env.DASHBOARD_EVENTS ?? '';
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Long enough for a machine that is busy with everything else; nothing waits that long unless something is wrong. */
const PATIENCE_MILLIS = 60_000;

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

export interface Look {
  width: number;
  dark: boolean;
}

export interface Opened {
  page: Page;
  context: BrowserContext;
  complaints: string[]; // of the browser, which a test holds to be none
}

/** A page of the dashboard. */
export const open = (browser: Browser, path: string, as?: Look): Promise<Opened> => look(browser, address + path, as);

/** A page at any address. */
export async function look(browser: Browser, url: string, as: Look = { width: 1440, dark: false }): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: as.width, height: 900 }, colorScheme: as.dark ? 'dark' : 'light', reducedMotion: 'reduce', timezoneId: 'UTC', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MILLIS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, context, complaints };
}

/** What axe finds that is serious; its script is run by the driver, as the policy of the page allows none but its own. */
export async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.html.slice(0, 160)) }));
  });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.join(' | ')}`);
}

/** Adds an event to the run, as a trainer would. */
export function happen(type: string, fields: object): void {
  appendFileSync(events, `${JSON.stringify({ time: '2026-01-01T00:10:00Z', type, ...fields })}\n`);
}

/** Every page, and what is to be seen on it once it has loaded. Tests that add a step leave one of which no journal tells. */
export const PAGES: [string, string][] = [
  ['', 'text=Is it learning?'],
  ['flow', '.reaches >> text=Shards'],
  ['training', 'figure >> text=Gradient norm'],
  ['checkpoints', '.tensors >> text=embedding'],
  ['embeddings', 'canvas.map'],
  ['attention', '.thumbnail'],
  ['reading', '.token'],
  ['lineage', 'text=/tokens learned|no such step/'],
  ['estimate', 'text=121 528 TFLOP/s'],
];
