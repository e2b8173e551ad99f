import { expect, test } from 'vitest';
import { figure, groups, lineName, sections, tick, title } from './series';

test('sources and percentiles of one figure share a chart', () => {
  const names = ['step/loss', 'eval/bySource/web/bitsPerByte', 'eval/bySource/a, b/bitsPerByte', 'eval/byLanguage/en/bitsPerByte', 'freshness/eventToStep/p50Millis', 'freshness/eventToStep/p99Millis'];
  expect([...groups(names)]).toEqual([
    ['step/loss', ['step/loss']],
    ['eval/bySource/bitsPerByte', ['eval/bySource/web/bitsPerByte', 'eval/bySource/a, b/bitsPerByte']],
    ['freshness/eventToStep', ['freshness/eventToStep/p50Millis', 'freshness/eventToStep/p99Millis']],
  ]);
  expect(lineName('eval/bySource/web/bitsPerByte')).toBe('web');
  expect(lineName('freshness/eventToStep/p99Millis')).toBe('p99');
});

test('a name with a stroke in it stays whole', () => {
  expect(lineName('eval/bySource/news/de/bitsPerByte')).toBe('news/de');
});

test('days share a chart, from the oldest to the newest', () => {
  const day = (name: string): string => `days/byDay/${name}/bitsPerByte`;
  const names = ['2026-11-02', 'read 2026-11-01', '2026-10', '2025', 'before 2015'];
  const drawn = groups([...names.flatMap((name) => [day(name), `days/byDay/${name}/standardError`, `days/byDay/${name}/bytes`]), 'days/throughEntry']);
  expect([...drawn]).toEqual([['days/byDay/bitsPerByte', ['before 2015', '2025', '2026-10', '2026-11-02', 'read 2026-11-01'].map(day)]]);
  expect(lineName(day('2026-10'))).toBe('2026-10');
  expect(title('days/byDay/bitsPerByte')).toBe('Bits per byte, held out, by day of publication');
});

test('of many days some are drawn, the oldest and the newest among them', () => {
  const names = Array.from({ length: 30 }, (_, i) => `days/byDay/2026-11-${String(i + 1).padStart(2, '0')}/bitsPerByte`);
  const read = ['days/byDay/read 2026-11-29/bitsPerByte', 'days/byDay/read 2026-11-30/bitsPerByte'];
  const drawn = groups([...read, ...names]).get('days/byDay/bitsPerByte') ?? [];
  expect(drawn).toHaveLength(8);
  expect(drawn.map(lineName)).toEqual(expect.arrayContaining(['2026-11-01', '2026-11-30', 'read 2026-11-30']));
});

test('the parts of a step share a chart', () => {
  const parts = ['step/stepMillis', 'step/waitMillis', 'step/asideMillis', 'step/forwardMillis', 'step/outputMillis', 'step/backwardMillis', 'step/updateMillis'];
  expect([...groups(parts)]).toEqual([['step/time', parts]]);
  expect(parts.map(lineName)).toEqual(['computing, all', 'waiting', 'saving, evaluating', 'forward', 'output, both ways', 'backward', 'update']);
});

test('counts that only grow are not drawn', () => {
  expect(groups(['eval/heldOutBytes', 'eval/bySource/web/documents', 'step/waitShare']).size).toBe(0);
});

test('every chart stands in one section', () => {
  const charts = ['step/loss', 'checkpoint/bytes', 'step/lagTokens', 'evaluation/millis'];
  expect(sections(charts)).toEqual([
    ['Learning', ['step/loss']],
    ['Evaluation', ['evaluation/millis']],
    ['Data', ['step/lagTokens']],
    ['Checkpoints', ['checkpoint/bytes']],
  ]);
});

test('what probes say of health stands together', () => {
  const names = ['probe/byText/1 The animal/bitsPerByte', 'probe/byText/2 A/B/bitsPerByte', 'probe/weights/norms', 'probe/weights/attention', 'probe/firstTokenShare'];
  const charts = groups(names);
  expect([...charts.keys()]).toEqual(['probe/byText', 'probe/weights', 'probe/firstTokenShare']);
  expect(sections([...charts.keys()])).toEqual([['Health', ['probe/byText', 'probe/weights', 'probe/firstTokenShare']]]);
  expect(names.map(lineName).slice(0, 3)).toEqual(['The animal', 'A/B', 'norms']);
  expect(title('probe/byText')).toBe('Bits per byte of each probe text');
  expect(figure('probe/firstTokenShare', 0.25)).toBe('25.0 %');
});

test('series are named in words', () => {
  expect(title('step/tokensPerSecond')).toBe('Tokens per second');
  expect(title('eval/bySource/bitsPerByte')).toBe('Bits per byte, held out, by source');
  expect(title('suite/piqa/figures/accuracy')).toBe('piqa · Accuracy');
  expect(title('step/someThing')).toBe('Some thing');
});

test('figures have the unit of their series', () => {
  expect(figure('step/loss', 4.97412)).toBe('4.974');
  expect(figure('step/stepMillis', 1234)).toBe('1.23 s');
  expect(figure('step/lagSeconds', 90)).toBe('1 min 30 s');
  expect(figure('step/mfu', 0.216)).toBe('21.6 %');
  expect(figure('checkpoint/bytes', 84_876_053)).toBe('84.9 MB');
  expect(figure('step/loss', null)).toBe('–');
});

test('ticks have the digits that tell them apart', () => {
  expect(tick('step/loss', 8, 1)).toBe('8');
  expect(tick('step/loss', 2.25, 0.25)).toBe('2.25');
  expect(tick('step/tokensPerSecond', 20_000, 5000)).toBe('20 k');
  expect(tick('step/tokensPerSecond', 127_500, 500)).toBe('127.5 k');
  expect(tick('step/lagSeconds', 90, 30)).toBe('1.5 min');
  expect(tick('freshness/eventToStep', 0, 500)).toBe('0');
  expect(tick('step/mfu', 0.25, 0.05)).toBe('25 %');
  expect(tick('step/learningRate', 0.0005, 0.0005)).toBe('0.0005');
});
