/**
 * How a dashboard that runs feels: first paint, and frames while the pointer moves over charts of at least ten series.
 *
 *   DASHBOARD_URL=http://localhost:8480/ npm run measure
 *
 * Times are those of a headless Chromium that draws on the CPU. A frame is dropped if it comes later than one and a half
 * frames of 60 a second after the one before. Work is what a frame costs the main thread, which a busy machine changes less.
 */
import { chromium } from 'playwright-core';

const address = process.env.DASHBOARD_URL ?? 'http://localhost:8480/';
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const RUNS = 5;
const MOVES = 300;
const SERIES = 10;
const FRAME = 1000 / 60;

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const median = (numbers) => quantile([...numbers].sort((a, b) => a - b), 0.5);
const told = (millis) => `${millis.toFixed(1)} ms`;

/** Of a browser that was never here. */
async function firstPaint(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.verdicts').waitFor();
  const millis = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
  await context.close();
  return millis;
}

/** Waits until so many series are drawn, and counts them. */
async function charts(page) {
  await page.goto(`${address}training`);
  await page.waitForFunction((least) => document.querySelectorAll('.u-over').length > 0 && document.querySelectorAll('.legend b').length >= least, SERIES);
  await page.waitForLoadState('networkidle').catch(() => undefined); // the stream never ends
  return page.evaluate(() => document.querySelectorAll('.legend b').length);
}

async function work(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
}

async function hover(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const box = await page.locator('.u-over').first().boundingBox();
  await page.mouse.move(box.x + 5, box.y + 60);
  const before = await work(session);
  await page.evaluate(() => {
    const frames = (window.frames_ = []);
    const frame = (time) => {
      frames.push(time);
      window.framing_ = requestAnimationFrame(frame);
    };
    window.framing_ = requestAnimationFrame(frame);
  });
  for (let i = 0; i < MOVES; i++) {
    const turn = Math.abs(((i / 60) % 2) - 1);
    await page.mouse.move(box.x + 5 + (box.width - 10) * turn, box.y + 40 + 60 * turn);
  }
  const times = await page.evaluate(() => (cancelAnimationFrame(window.framing_), window.frames_));
  const after = await work(session);
  const apart = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
  const each = (name) => (after[name] - before[name]) / apart.length;
  return {
    frames: apart.length,
    median: quantile(apart, 0.5),
    p95: quantile(apart, 0.95),
    dropped: apart.filter((millis) => millis > 1.5 * FRAME).length,
    work: each('TaskDuration'),
    script: each('ScriptDuration'),
    style: each('RecalcStyleDuration'),
    layout: each('LayoutDuration'),
  };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const paints = [];
for (let i = 0; i < RUNS; i++) paints.push(await firstPaint(browser));
console.log(`first paint  ${paints.map(told).join(', ')}; median ${told(median(paints))}`);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
console.log(`hovering over ${await charts(page)} series`);
for (let i = 1; i <= RUNS; i++) {
  const { frames, dropped, ...times } = await hover(page);
  console.log(`${i}: ${frames} frames, ${dropped} dropped; ${Object.entries(times).map(([name, millis]) => `${name} ${told(millis)}`).join(', ')}`);
}
await browser.close();
