import { expect, test } from 'vitest';
import type { Overview } from './api';
import { fed, freshness, isoMillis, learning, nextCheckpoint, running } from './verdicts';

const NOW = Date.parse('2026-01-01T00:10:00Z');
const facts: Overview = {
  revision: 1,
  state: 'RUNNING',
  detail: '',
  lastEvent: '2026-01-01T00:09:59Z',
  start: { time: '2026-01-01T00:00:00Z', settings: { 'train.steps': 1000, 'train.checkpoint.every': 'PT1M30S', 'train.checkpoint.permanentEverySteps': 500 } },
  step: { step: 400, stepMillis: 900, waitMillis: 100, lagSeconds: 250, lagTokens: 3_100_000 },
  eval: null,
  prequential: null,
  freshness: null,
  probe: null,
  checkpoint: { time: '2026-01-01T00:09:20Z', step: 350, bytes: 84_876_053 },
  alerts: [],
  alertProblems: [],
};

test('a run says how long it goes on', () => {
  expect(running(facts, NOW)).toMatchObject({ answer: 'Running', mood: 'good' });
  expect(running(facts, NOW).note).toMatch(/^ends about \d\d:\d\d, in 10 min 0 s, after 600 more steps$/);
  const slow = { ...facts, step: { ...facts.step, stepMillis: 1e5 } };
  expect(running(slow, NOW).note).toMatch(/^ends about ([A-Z][a-z]{2},? )?\d\d:\d\d, in 16 h/);
});

test('a run that says nothing for long is not called running', () => {
  expect(running(facts, NOW + 120_000)).toMatchObject({ answer: 'Silent', mood: 'warn' });
});

test('waiting is told from computing', () => {
  expect(fed(facts)).toMatchObject({ answer: 'Fed', note: '3.10 M tokens or 4 min 10 s behind the log' });
  expect(fed({ ...facts, step: { ...facts.step, waitMillis: 2000 } })).toMatchObject({ answer: 'Starving', mood: 'bad' });
});

test('documents of an archive are as old as their arrival', () => {
  const quantiles = (half: number) => ({ p50Millis: half, p99Millis: 2 * half });
  const legs = { eventToStep: quantiles(3000), ingestToStep: quantiles(1000) };
  expect(freshness({ ...facts, freshness: legs })).toEqual({ leg: 'event to step', half: 3000, most: 6000 });
  expect(freshness({ ...facts, freshness: { ...legs, eventToStep: quantiles(7e11) } })).toEqual({ leg: 'arrival to step', half: 1000, most: 2000 });
  expect(freshness(facts)).toEqual({ leg: 'event to step', half: null, most: null });
});

test('learning is told from the end of the loss', () => {
  const falling = Array.from({ length: 100 }, (_, i) => 5 - i / 100);
  expect(learning(falling)).toMatchObject({ answer: 'Learning', note: 'loss down 0.200 nats over the last fifth' });
  expect(learning(falling.map((loss) => -loss + 10)).answer).toBe('Level');
  expect(learning(falling.map((loss, i) => (i > 90 ? 9 : loss))).answer).toBe('Worsening');
  expect(learning([null, 1])).toMatchObject({ mood: 'still' });
});

test('the next checkpoint is the earlier of the two kinds', () => {
  expect(nextCheckpoint(facts, NOW).answer).toBe('In 50 s');
  expect(nextCheckpoint({ ...facts, step: { ...facts.step, step: 490 } }, NOW).answer).toBe('In 10 s');
  expect(nextCheckpoint({ ...facts, state: 'STOPPED' }, NOW).answer).toBe('–');
});

test('durations are read as Java writes them', () => {
  expect(isoMillis('PT1H')).toBe(3_600_000);
  expect(isoMillis('PT0.5S')).toBe(500);
  expect(isoMillis(undefined)).toBeNull();
});
