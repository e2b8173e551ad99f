import { expect, test } from 'vitest';
import { DEFAULT, format, parse, type View } from './view';

test('an address brings back the view it was made of', () => {
  const view: View = {
    ...DEFAULT,
    page: 'training',
    runs: ['main', 'a&b, c'],
    axis: 'flops',
    smooth: 0.95,
    logY: true,
    from: 1e15,
    to: 2.5e15,
    pin: 2e15,
    search: 'a b&c',
    choice: { a: '100', text: 'näch & st=?' },
  };
  const url = new URL(format(view), 'http://localhost');
  expect(parse(url.pathname, url.search)).toEqual(view);
});

test('the default view has the shortest address', () => {
  expect(format(DEFAULT)).toBe('/');
});

test('what is not understood is as by default', () => {
  expect(parse('/nowhere', '?x=banana&smooth=NaN&from=x')).toEqual(DEFAULT);
  expect(parse('/', '?smooth=7').smooth).toBe(0.999);
});

test('a token does not stay in the address', () => {
  expect(format(parse('/', '?token=sesame'))).toBe('/');
});
