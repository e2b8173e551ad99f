import { expect, test } from 'vitest';
import { fromAxis, marksOf, onScale, scaleOf, through } from './lines';

const run = { name: 'a', state: 'STOPPED' as const, start: { flopsPerToken: 1e9, time: '2026-01-01T00:00:10Z' } };

test('operations are tokens times operations for each', () => {
  const scale = scaleOf('flops', run);
  const points = { x: [5], min: [1], max: [1], value: [1], smooth: [1] };
  expect(onScale(points, scale).x).toEqual([5e9]);
  expect(fromAxis(scale, 5e9)).toBe(5);
});

test('a relative axis begins with the run', () => {
  const scale = scaleOf('relative', run);
  const marker = { type: 'spike', step: 1, tokens: 2, time: '2026-01-01T00:00:12Z', reason: 'loss', action: 'skipped' };
  const takedown = { type: 'takedown', step: 1, tokens: 2, time: '2026-01-01T00:00:12Z', through: 57 };
  expect(marksOf({ takedown: [takedown] }, scale).map(({ text }) => text)).toEqual(['goes on without what takedowns up to 57 select']);
  expect(marksOf({ spike: [marker] }, scale)).toEqual([{ kind: 'spike', x: 2000, text: 'spike: loss: skipped', level: 'warning' }]);
});

test('only what comes with every step is averaged', () => {
  const points = { x: [5], min: [1], max: [1], value: [1], smooth: [2] };
  const line = (series: string) => ({ key: series, label: '', series, colour: 0, dash: 0, points });
  expect(through(line('step/loss'))).toEqual([2]);
  expect(through(line('step/learningRate'))).toEqual([1]);
  expect(through(line('eval/heldOutBitsPerByte'))).toEqual([1]);
});
