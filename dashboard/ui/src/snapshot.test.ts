import { expect, test } from 'vitest';
import { cut } from './snapshot';

const line = { x: [1, 2, 3, 4], min: [1, 2, 3, 4], max: [1, 2, 3, 4], value: [1, 2, 3, 4], smooth: { 0: [1, 2, 3, 4], 0.6: [1, 1.5, 2, 3] } };

test('a zoom shows the part of a line between its ends', () => {
  expect(cut(line, { from: 2, to: 3.5, smooth: 0 })).toEqual({ x: [2, 3], min: [2, 3], max: [2, 3], value: [2, 3], smooth: [2, 3] });
  expect(cut(line, { from: null, to: null }).x).toEqual([1, 2, 3, 4]);
  expect(cut(line, { from: 9, to: 12 }).x).toEqual([]);
});

test('an average is that of the nearest weight', () => {
  expect(cut(line, { from: null, to: null, smooth: 0.5 }).smooth).toEqual([1, 1.5, 2, 3]);
});
