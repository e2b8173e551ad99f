import { expect, test } from 'vitest';
import type { Amount, Task } from './answers';
import { joining, leavingFrom, width } from './bed';
import { grade, pressureOf, reaches, streams, tokensPerDocument } from './river';

const amount: Amount = {
  seconds: 10,
  funnel: {
    read: 100,
    accepted: 58,
    duplicatesByKind: { exact: 8, near: 2 },
    rejected: { not_json: 5, 'gopher.too_short': 15, 'mixture.left_out': 2 },
    skipped: { empty: 7 },
    deleted: 3,
  },
  read: { web: 80, books: 20 },
  tokens: 5800,
  shards: 1,
};
const NONE = { ...amount, funnel: { read: 0, accepted: 0, duplicatesByKind: {}, rejected: {}, skipped: {}, deleted: 0 }, read: {}, tokens: 0 };
const untrained = { learned: null, saved: null, waiting: null };

const task = (stages: string[], busy: number[], held: number[]): Task => ({
  told: 0, task: stages.join(), stages, subtasks: 1, busyMillis: busy, backPressuredMillis: held, idleMillis: [0, 0], recordsPerSecond: {},
});

test('what flows on and what leaves add up at every reach', () => {
  const list = reaches(amount, 100, [], untrained);
  expect(list.map((reach) => reach.records)).toEqual([100, 85, 70, 60, 58, null, null]);
  expect(list[1]?.drops.map((drop) => drop.reason)).toEqual(['not_json', 'empty', 'deleted']);
  expect(list[2]?.drops).toEqual([{ reason: 'gopher.too_short', records: 15, kept: true }]);
  expect(list[4]?.drops.map((drop) => drop.reason)).toEqual(['mixture.left_out']);
});

test('tokens are estimated until they are counted', () => {
  const perDocument = tokensPerDocument(amount, amount);
  const list = reaches(amount, perDocument, [], { learned: 41_000, saved: 40_000, waiting: 0.25 });
  expect(list.map((reach) => reach.tokens)).toEqual([10_000, 8500, 7000, 6000, 5800, 41_000, 40_000]);
  expect(list.map((reach) => reach.estimated)).toEqual([true, true, true, true, false, false, false]);
  expect(tokensPerDocument(NONE, amount)).toBe(100);
  expect(tokensPerDocument(NONE, NONE)).toBeNull();
  expect(reaches(amount, null, [], untrained)[0]?.tokens).toBeNull();
});

test('the worst of the tasks of a reach says how it is held back', () => {
  const tasks = [task(['read', 'judge'], [300, 400], [500, 680]), task(['dedup'], [100, 100], [120, 150])];
  expect(pressureOf(tasks, ['read'])).toEqual({ busy: 0.4, held: 0.68 });
  expect(pressureOf(tasks, ['write'])).toBeNull();
  expect(grade(pressureOf(tasks, ['judge']))).toBe('held');
  expect(grade(pressureOf(tasks, ['dedup']))).toBe('slow');
  expect(grade(null)).toBe('free');
});

test('of many sources the largest are streams of their own, and the rest is one', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}`, i + 1]));
  expect(streams(many).map((stream) => stream.name)).toEqual(['s8', 's7', 's6', 's5', 's4', 's3', '3 others']);
  expect(streams(many).at(-1)?.records).toBe(6);
  expect(streams(amount.read)).toHaveLength(2);
});

test('a hundredth of the water is a tenth as wide, and none has no width', () => {
  expect(width(1, 100)).toBeCloseTo(width(100, 100) / 10);
  expect([width(0, 100), width(null, 100), width(0, 0)]).toEqual([0, 0, 0]);
  expect(width(1e-9, 100)).toBeGreaterThan(1);
});

test('a stream is drawn for each source and each reason, and none is not a number', () => {
  for (const turned of [false, true]) {
    const joined = joining([0.8, 0.2], 44, turned);
    const left = leavingFrom(44, 30, [0.1, 0.02], turned);
    expect(joined.main).toHaveLength(2);
    expect(left.sides).toHaveLength(2);
    expect([...joined.main, ...left.main, ...left.sides].join()).not.toContain('NaN');
  }
  expect(joining([], 0, false).main).toEqual([]);
  expect(leavingFrom(0, 0, [], false).main.join()).not.toContain('NaN');
});
