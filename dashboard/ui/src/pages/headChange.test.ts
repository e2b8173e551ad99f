import { expect, test } from 'vitest';
import { largest, moved, shift } from './headChange';

const before = { tokens: ['the', 'cat', 'sat'], weights: [[1000], [900, 100], [500, 300, 200]] };
const after = { tokens: ['the', 'cat', 'sat'], weights: [[1000], [200, 800], [450, 350, 200]] };

test('the largest shifts come first, and what stayed is none', () => {
  expect(largest(before, after, 3)).toEqual([
    { from: 1, to: 0, before: 900, after: 200 },
    { from: 1, to: 1, before: 100, after: 800 },
    { from: 2, to: 0, before: 500, after: 450 },
  ]);
  expect(largest(before, before, 3)).toEqual([]);
});

test('a place beyond the diagonal has no weight', () => {
  expect(shift(before, after, 0, 2)).toEqual({ from: 0, to: 2, before: 0, after: 0 });
});

test('arrow keys stay where tokens look', () => {
  expect(moved('ArrowDown', 1, 1, 3)).toEqual([2, 1]);
  expect(moved('ArrowRight', 1, 1, 3)).toEqual([1, 1]);
  expect(moved('ArrowUp', 2, 2, 3)).toEqual([1, 1]);
  expect(moved('ArrowLeft', 2, 0, 3)).toEqual([2, 0]);
  expect(moved('Enter', 2, 0, 3)).toBeNull();
});
