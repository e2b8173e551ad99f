/** Where commits stand on a time axis. A long silence is drawn short, and says how long it was. */

import type { Commit } from './answers';

export interface Placed {
  commit: Commit;
  at: number; // 0 … 1
}

export interface Silence {
  at: number; // middle
  width: number;
  millis: number;
}

export interface Axis {
  placed: Placed[];
  silences: Silence[];
  ticks: Placed[]; // commits whose times are written below
}

const LONG = 2; // times the usual distance, at least
const ROOM = 0.08; // of what all others take
const APART = 0.7; // of the distance that times below would have on average

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function axis(commits: Commit[], most: number): Axis {
  const gaps = commits.slice(1).map((commit, i) => Math.max(0, commit.time - (commits[i]?.time ?? 0)));
  const usual = median(gaps);
  const others = gaps.filter((gap) => gap <= LONG * usual).reduce((sum, gap) => sum + gap, 0);
  const longest = Math.max(1, LONG * usual, ROOM * others);
  const drawn = gaps.map((gap) => Math.min(gap, longest));
  const all = Math.max(1, drawn.reduce((sum, each) => sum + each, 0));
  let along = 0;
  const silences: Silence[] = [];
  const placed = commits.map((commit, i) => {
    const gap = i === 0 ? 0 : (drawn[i - 1] ?? 0);
    if (i > 0 && (gaps[i - 1] ?? 0) > longest) silences.push({ at: (along + gap / 2) / all, width: gap / all, millis: gaps[i - 1] ?? 0 });
    along += gap;
    return { commit, at: commits.length === 1 ? 1 : along / all };
  });
  return { placed, silences, ticks: ticks(placed, most) };
}

/** The first, the last, and some between that leave each other room. */
function ticks(placed: Placed[], most: number): Placed[] {
  const apart = APART / (most - 1);
  const last = placed.at(-1);
  const chosen: Placed[] = [];
  for (let i = 0; i < most - 1; i++) {
    const next = placed.find(({ at }) => at >= i / (most - 1));
    const before = chosen.at(-1);
    if (next !== undefined && (before === undefined || next.at - before.at > apart) && (last === undefined || last.at - next.at > apart)) chosen.push(next);
  }
  return last === undefined ? chosen : [...chosen, last];
}
