/** Which part of the y axis is shown. */

type Column = readonly (number | null)[];

const LOW = 0.01;
const HIGH = 0.99;
const ROOM = 0.06;
const ROUNDING = 1e-9; // what lies nearer is the same number, averaged in another order

/** The smallest and largest of what is to be seen; null if there is nothing. Outliers are let out unless wanted. */
export function yRange(lines: Column[], extremes: Column[], outliers: boolean, log: boolean): [number, number] | null {
  const usable = (column: Column) => column.filter((y): y is number => y !== null && (!log || y > 0));
  const sorted = (outliers ? [...lines, ...extremes] : lines).flatMap(usable).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const few = sorted.length < 50;
  const low = outliers || few ? at(0) : at(LOW);
  const high = outliers || few ? at(1) : at(HIGH);
  return log ? logarithmicRoom(low, high) : room(low, high);
}

function room(low: number, high: number): [number, number] {
  const apart = high - low > ROUNDING * Math.max(Math.abs(high), Math.abs(low));
  const margin = apart ? (high - low) * ROOM : Math.abs(high) * ROOM || 1;
  return [low - margin, high + margin];
}

function logarithmicRoom(low: number, high: number): [number, number] {
  const [from, to] = room(Math.log(low), Math.log(high));
  return [Math.exp(from), Math.exp(to)];
}
