import { beforeAll, expect, test, vi } from 'vitest';

let places: typeof import('./colours').places;
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('document', {});
  ({ places } = await import('./colours'));
});

test('a run keeps its colour whichever others come and go', () => {
  const alone = places(['night-3'], {}).get('night-3');
  expect(places(['night-3', 'night-4', 'wide'], {}).get('night-3')).toBe(alone);
});

test('ten runs have ten colours, and what was chosen is had', () => {
  const names = Array.from({ length: 10 }, (_, i) => `run-${i}`);
  const all = places(names, { 'run-3': 7 });
  expect(new Set(all.values()).size).toBe(10);
  expect(all.get('run-3')).toBe(7);
});
