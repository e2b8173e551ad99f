import { expect, test } from 'vitest';
import { duration, powers, short, trimmed } from './format';

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

test('zeros that say nothing are left out', () => {
  expect(trimmed('1.00 k')).toBe('1 k');
  expect(trimmed('1.50 k')).toBe('1.5 k');
  expect(trimmed('100')).toBe('100');
  expect(trimmed('5.0e-4')).toBe('5e-4');
});

test('powers of ten go by thousands', () => {
  expect(powers(3.15e23)).toBe('315.0 · 10²¹');
  expect(powers(8.08e12)).toBe('8.080 · 10¹²');
  expect(powers(1200)).toBe('1.20 k');
  expect(powers(null)).toBe('–');
});
