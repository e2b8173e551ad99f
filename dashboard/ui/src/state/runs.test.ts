import { expect, test } from 'vitest';
import { differences } from './runs';

test('only what differs is told, of all runs', () => {
  const run = (name: string, rate: number, extra: object) => ({
    name,
    state: 'STOPPED' as const,
    start: { parameters: 10, settings: { 'train.optimizer.learningRate': rate, 'train.seed': 1, ...extra } },
  });
  expect(differences([run('a', 0.1, {}), run('b', 0.2, { 'train.steps': 5 })])).toEqual([
    ['train.optimizer.learningRate', ['0.1', '0.2']],
    ['train.steps', ['–', '5']],
  ]);
});
