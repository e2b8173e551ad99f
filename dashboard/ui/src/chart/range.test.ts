import { expect, test } from 'vitest';
import { yRange } from './range';

const calm = Array.from({ length: 1000 }, (_, i) => 3 + i / 1000);

test('an outlier is let out unless it is wanted', () => {
  const spike = calm.map((y, i) => (i === 500 ? 90 : y));
  expect(yRange([calm], [spike], false, false)?.[1]).toBeLessThan(5);
  expect(yRange([calm], [spike], true, false)?.[1]).toBeGreaterThan(90);
});

test('one figure has room around it', () => {
  const [low, high] = yRange([[7]], [], false, false) ?? [0, 0];
  expect(low).toBeLessThan(7);
  expect(high).toBeGreaterThan(7);
});

test('nothing has no range', () => {
  expect(yRange([[null, null]], [], true, false)).toBeNull();
  expect(yRange([[-1, 0]], [], true, true)).toBeNull();
});

test('figures that differ by rounding alone are one figure', () => {
  const [low, high] = yRange([[4100.5, 4100.500000000001]], [], false, false) ?? [0, 0];
  expect(high - low).toBeGreaterThan(100);
});
