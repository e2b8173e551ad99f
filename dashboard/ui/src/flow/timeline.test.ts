import { expect, test } from 'vitest';
import { axis } from './timeline';

const commits = (...times: number[]) => times.map((time, i) => ({ sequence: i + 1, time, shards: 1, rows: 1, tokens: 10 }));

test('commits stand where their time is', () => {
  expect(axis(commits(0, 10, 30, 40), 5).placed.map(({ at }) => at)).toEqual([0, 0.25, 0.75, 1]);
});

test('a long silence is drawn short and says how long it was', () => {
  const { placed, silences } = axis(commits(0, 10, 20, 30, 100_000, 100_010), 5);
  expect(silences).toHaveLength(1);
  expect(silences[0]?.millis).toBe(99_970);
  expect(placed[1]?.at).toBeGreaterThan(0.05);
});

test('times below leave each other room', () => {
  const { ticks } = axis(commits(...Array.from({ length: 120 }, (_, i) => i * 1000)), 5);
  expect(ticks).toHaveLength(5);
  expect(ticks.every((tick, i) => i === 0 || tick.at - (ticks[i - 1]?.at ?? 0) > 0.1)).toBe(true);
});

test('one commit and none have a place too', () => {
  expect(axis(commits(5), 5).placed[0]?.at).toBe(1);
  expect(axis(commits(5), 5).ticks).toHaveLength(1);
  expect(axis([], 5).placed).toEqual([]);
});
