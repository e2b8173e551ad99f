/** Weights of a head, in thousandths: a row for each token, with those up to itself. */
export interface Weights {
  tokens: string[];
  weights: number[][];
}

/** Where a token looks more or less than before, in thousandths. */
export interface Shift {
  from: number; // the token that looks
  to: number; // the token that is looked at
  before: number;
  after: number;
}

const at = (weights: Weights, from: number, to: number): number => weights.weights[from]?.[to] ?? 0;

export function shift(before: Weights, after: Weights, from: number, to: number): Shift {
  return { from, to, before: at(before, from, to), after: at(after, from, to) };
}

/** The largest shifts of a head, largest first. */
export function largest(before: Weights, after: Weights, count: number): Shift[] {
  return before.weights
    .flatMap((row, from) => row.map((_, to) => shift(before, after, from, to)))
    .filter((each) => each.before !== each.after)
    .sort((one, other) => size(other) - size(one))
    .slice(0, count);
}

export const size = (each: Shift): number => Math.abs(each.after - each.before);

/** The place that an arrow key leads to; places to the right of the diagonal look ahead, which nothing does. */
export function moved(key: string, from: number, to: number, tokens: number): [number, number] | null {
  const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const step = steps[key];
  if (step === undefined) return null;
  const row = Math.min(tokens - 1, Math.max(0, from + step[0]));
  return [row, Math.min(row, Math.max(0, to + step[1]))];
}
