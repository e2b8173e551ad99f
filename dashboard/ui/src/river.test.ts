import { expect, test } from 'vitest';
import { bed, stages } from './river';

const funnel = {
  read: 100,
  accepted: 60,
  duplicatesByKind: { exact: 8, near: 2 },
  rejected: { not_json: 5, 'gopher.too_short': 15 },
  skipped: { empty: 7 },
  deleted: 3,
};

test('what flows on and what leaves add up at every stage', () => {
  const list = stages(funnel);
  expect(list.map((stage) => stage.records)).toEqual([100, 85, 70, 60, 60]);
  expect(list[1]?.drops.map((drop) => drop.reason)).toEqual(['not_json', 'empty', 'deleted']);
  expect(list[2]?.drops).toEqual([{ reason: 'gopher.too_short', records: 15, samples: true }]);
});

test('a side stream leaves where something does', () => {
  const { sides, main, at } = bed(stages(funnel), 1000, 200);
  expect(sides.map((side) => side !== '')).toEqual([false, true, true, true, false]);
  expect(main).not.toContain('NaN');
  expect(at).toHaveLength(5);
});

test('a river without water has a bed', () => {
  const empty = stages({ read: 0, accepted: 0, duplicatesByKind: {}, rejected: {}, skipped: {}, deleted: 0 });
  expect(bed(empty, 1000, 200).main).not.toContain('NaN');
});
