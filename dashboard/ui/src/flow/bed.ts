/** The shapes of a river in boxes of 100 by 100, one for each reach, which is drawn as wide and as high as its place is. */

export interface Segment {
  main: string[]; // SVG paths: one, or as many as streams join here
  sides: string[]; // one for each stream that leaves
}

const MIDDLE = 32;
const MOST = 44; // width of the widest water
const LEAST = 1.2; // of any
const GAP = 5; // between streams before they join
const LEAVES_FROM = 20;
const LEAVES_TO = 84;
const MOST_SIDES = 6;

/** Width of water: the square root of what flows, so that a tenth of it is still a third as wide. */
export function width(flowing: number | null, most: number): number {
  return flowing === null || flowing <= 0 || most <= 0 ? 0 : Math.max(LEAST, MOST * Math.sqrt(Math.min(1, flowing / most)));
}

/** A path between two stretches of opposite ends; turned, the river flows downwards instead of to the right. */
function band(from: [number, number], to: [number, number], turned: boolean): string {
  const at = (along: number, across: number) => (turned ? `${across} ${along}` : `${along} ${across}`);
  const [a, b] = from.map(round);
  const [c, d] = to.map(round);
  return `M ${at(0, a ?? 0)} C ${at(50, a ?? 0)} ${at(50, c ?? 0)} ${at(100, c ?? 0)} L ${at(100, d ?? 0)} C ${at(50, d ?? 0)} ${at(50, b ?? 0)} ${at(0, b ?? 0)} Z`;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Streams by their shares that become one, as wide as the water before and behind says. */
export function joining(shares: number[], wide: number, turned: boolean): Segment {
  const spread = wide + GAP * (shares.length - 1);
  let apart = MIDDLE - spread / 2;
  let together = MIDDLE - wide / 2;
  const main = shares.map((share) => {
    const thick = Math.max(wide === 0 ? 0 : LEAST, share * wide);
    const path = band([apart, apart + thick], [together, together + share * wide], turned);
    apart += share * wide + GAP;
    together += share * wide;
    return path;
  });
  return { main, sides: [] };
}

/** Water that goes on as wide as it says, and streams that leave it, by their shares of what comes. */
export function leavingFrom(before: number, after: number, shares: number[], turned: boolean): Segment {
  const main = [band([MIDDLE - before / 2, MIDDLE + before / 2], [MIDDLE - after / 2, MIDDLE + after / 2], turned)];
  const shown = shares.slice(0, MOST_SIDES);
  const thick = shown.map((share) => Math.max(LEAST, share * before));
  const all = thick.reduce((sum, each) => sum + each, 0);
  const gap = (LEAVES_TO - LEAVES_FROM - all) / (shown.length + 1);
  const bank = MIDDLE + Math.min(before, after) / 2 - 1;
  let along = LEAVES_FROM;
  const sides = thick.map((each) => {
    along += gap + each;
    return side(along - each / 2, bank, each, turned);
  });
  return { main, sides };
}

/** A stream from the bank to the edge of the box. */
function side(to: number, bank: number, thick: number, turned: boolean): string {
  const at = (along: number, across: number) => (turned ? `${round(across)} ${round(along)}` : `${round(along)} ${round(across)}`);
  const [left, right] = [to - thick / 2, to + thick / 2];
  const from = Math.max(0, left - 16);
  return `M ${at(from, bank)} C ${at(left, bank)} ${at(left, bank + 8)} ${at(left, 100)} L ${at(right, 100)} C ${at(right, bank + 4)} ${at(right, bank)} ${at(from + thick + 6, bank)} Z`;
}
