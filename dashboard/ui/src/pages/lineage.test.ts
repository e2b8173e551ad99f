import { expect, test } from 'vitest';
import { blamedLoss, commands, quoted, range } from './lineage';

test('an id is one word of a shell, whatever is in it', () => {
  expect(quoted('a b; rm -rf')).toBe("'a b; rm -rf'");
  expect(quoted("o'clock")).toBe(String.raw`'o'\''clock'`);
});

test('a new run begins before the document was learned from', () => {
  expect(commands('d', 21, [10, 20, 30]).at(-1)?.[1]).toContain('step-000000000020 ');
  expect(commands('d', 20, [10, 20, 30]).at(-1)?.[1]).toContain('step-000000000010 ');
  expect(commands('d', 5, [10])).toHaveLength(2);
  expect(commands('d', null, [10])).toHaveLength(2);
  expect(commands('"', null, [])[1]?.[1]).toBe('{"id":"\\"","deleted":true}');
});

test('the loss then is known of documents that a spike was put down to', () => {
  expect(blamedLoss([{}, { documents: [{ id: 'a', lossPerToken: 11.9 }] }], 'a')).toBe(11.9);
  expect(blamedLoss([{ documents: [] }], 'a')).toBeNull();
});

test('a range is what was asked for, the pin, or the newest step', () => {
  expect(range('', '', null, 240)).toEqual([240, 240]);
  expect(range('', '', 12.4, 240)).toEqual([12, 12]);
  expect(range('10', '14', 12, 240)).toEqual([10, 14]);
  expect(range('10', '4', null, 240)).toEqual([10, 10]);
  expect(range('999', '', null, 240)).toEqual([240, 240]);
  expect(range('1', '240', null, 240)).toEqual([1, 100]);
  expect(range('x', '', null, 240)).toEqual([240, 240]);
});
