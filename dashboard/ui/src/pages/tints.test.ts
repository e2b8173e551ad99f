import { expect, test } from 'vitest';
import { between, eased } from '../chart/moving';
import { ramp, shade } from '../chart/palette';
import { towards } from '../chart/plane';
import { clear } from '../chart/points';
import { byChange, byCount, byName, byRank, matching } from './tints';

test('common names have colours of their own, the rest share one', () => {
  const names = [...'aaaaabbbbccccdddeeeffghijk'];
  const { colours, legend } = byName(names, 'light');
  expect(colours[0]).toBe(colours[1]);
  expect(colours[0]).not.toBe(colours[5]);
  expect(colours.at(-1)).toBe(colours.at(-2));
  expect('names' in legend && legend.names.map(([name]) => name)).toEqual(['a 5', 'b 4', 'c 4', 'd 3', 'e 3', 'f 2', 'g 1', 'h 1', 'others 3']);
});

test('figures go from one end of the ramp to the other', () => {
  const [low, , , , high] = ramp('dark');
  expect(byRank(3, 'dark').colours).toEqual([high, shade(0.5, 'dark'), low]);
  expect(byCount([0, 1000], 'dark').colours).toEqual([low, high]);
  expect(byChange([0, 0.2, 5], 'dark').colours[0]).toBe(low);
  expect(shade(2, 'light')).toBe(ramp('light')[4]);
  expect(byChange([], 'dark').colours).toEqual([]);
});

test('what begins as typed comes first', () => {
  const texts = [' rain', ' king', 'king', ' Kingdom', ' walking', ' sea'];
  expect(matching(texts, 'KING', 8)).toEqual([1, 3, 4]);
  expect(matching(texts, ' ', 8)).toEqual([]);
  expect(matching(texts, 'k', 1)).toEqual([1]);
});

test('arrow keys lead to what lies ahead', () => {
  const x = [0, 1, 0.1, -2];
  const y = [0, 0.2, 1, 0];
  expect(towards(x, y, 0, [1, 0])).toBe(1);
  expect(towards(x, y, 0, [0, -1])).toBe(2);
  expect(towards(x, y, 0, [-1, 0])).toBe(3);
  expect(towards(x, y, 0, [0, 1])).toBeNull();
});

test('points move slowly at both ends, and arrive', () => {
  expect(between([0, 2], [1, 4], 0.5)).toEqual([0.5, 3]);
  expect([0, 0.5, 1].map(eased)).toEqual([0, 0.5, 1]);
  expect(eased(0.1)).toBeLessThan(0.1);
});

test('a name is left out where another stands', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 10, bottom: top + 4 });
  expect(clear([box(0, 0), box(5, 2), box(12, 2), box(0, 5)])).toEqual([0, 2, 3]);
});
