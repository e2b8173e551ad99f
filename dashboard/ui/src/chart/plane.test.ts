import { expect, test } from 'vitest';
import { fitting, nearest, toScreen, zoomed } from './plane';

const x = Array.from({ length: 200 }, (_, i) => i / 10);
const y = x.map((value) => -value);

test('points fit, but for the farthest', () => {
  const plane = fitting([...x, 9e9], [...y, 0], 400, 300);
  const [left, top] = toScreen(plane, 1, -1);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(400);
  expect(top).toBeLessThan(300);
});

test('what is under the pointer stays there', () => {
  const plane = fitting(x, y, 400, 300);
  const nearer = zoomed(plane, 2, 120, 80);
  const point: [number, number] = [(120 - plane.offsetX) / plane.scale, (plane.offsetY - 80) / plane.scale];
  const [sx, sy] = toScreen(nearer, ...point);
  expect(sx).toBeCloseTo(120);
  expect(sy).toBeCloseTo(80);
});

test('the nearest point is found if it is near', () => {
  const plane = fitting(x, y, 400, 300);
  const [sx, sy] = toScreen(plane, 10, -10);
  expect(nearest(plane, x, y, sx + 1, sy, 6)).toBe(100);
  expect(nearest(plane, x, y, sx + 90, sy, 6)).toBeNull();
});
