import { expect, test } from 'vitest';
import { groups } from './groups';

test('sources and percentiles are lines of one chart', () => {
  const charts = groups([
    'step/loss',
    'eval/bySource/web/bitsPerByte',
    'eval/bySource/books/bitsPerByte',
    'eval/bySource/web/bytes',
    'freshness/eventToStep/p50Millis',
    'freshness/eventToStep/p99Millis',
  ]);
  expect([...charts.values()]).toEqual([
    ['step/loss'],
    ['eval/bySource/web/bitsPerByte', 'eval/bySource/books/bitsPerByte'],
    ['eval/bySource/web/bytes'],
    ['freshness/eventToStep/p50Millis', 'freshness/eventToStep/p99Millis'],
  ]);
});
