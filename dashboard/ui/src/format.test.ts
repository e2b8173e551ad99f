import { expect, test } from 'vitest';
import { duration, short, title } from './format';

test('large and small numbers stay short', () => {
  expect(short(1_234_567)).toBe('1.23 M');
  expect(short(0)).toBe('0');
  expect(short(0.00012)).toBe('1.20e-4');
  expect(short('NaN')).toBe('–');
});

test('durations have two units at most', () => {
  expect(duration(850)).toBe('850 ms');
  expect(duration(250_000)).toBe('4 min 10 s');
  expect(duration(97_200_000)).toBe('1 d 3 h');
  expect(duration(null)).toBe('–');
});

test('series are named in words', () => {
  expect(title('step/tokensPerSecond')).toBe('Tokens per second');
  expect(title('eval/bySource/web/bitsPerByte')).toBe('web · Bits per byte');
});
