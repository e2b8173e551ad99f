import { expect, test } from 'vitest';
import { type Head, health } from './health';

const head = (first: number): Head => ({ layer: 0, head: 0, thumbnail: '', entropyBits: 1, distance: 1, previous: 0, first, idle: first > 0.95 });

test('heads that do nothing are counted', () => {
  expect(health([head(0.5), head(0.1)])).toBe('every head is at work; 30.0 % of their weight is on the first token');
  expect(health([head(1), head(0.5)])).toBe('1 of 2 are faint, as they do nothing here; 75.0 % of their weight is on the first token');
});
