/** A river from records to checkpoints, as shapes: how wide it is at each stage, and what leaves it there. */

export interface Funnel {
  read: number;
  accepted: number;
  duplicatesByKind: Record<string, number>;
  rejected: Record<string, number>;
  skipped: Record<string, number>;
  deleted: number;
}

export interface Drop {
  reason: string;
  records: number;
  samples: boolean; // whether some are kept to look at
}

export interface Stage {
  name: string;
  records: number; // that flow on from here
  drops: Drop[];
}

const drops = (counts: Record<string, number>, samples: boolean): Drop[] =>
  Object.entries(counts)
    .map(([reason, records]) => ({ reason, records, samples }))
    .sort((one, other) => other.records - one.records);

const total = (list: Drop[]) => list.reduce((sum, each) => sum + each.records, 0);

/** Records on their way: what is read, understood, judged and seen for the first time. */
export function stages(funnel: Funnel): Stage[] {
  const rejected = Object.entries(funnel.rejected);
  const letters = drops(Object.fromEntries(rejected.filter(([reason]) => !reason.includes('.'))), true);
  const filtered = drops(Object.fromEntries(rejected.filter(([reason]) => reason.includes('.'))), true);
  const passed = [...letters, ...drops({ ...funnel.skipped, ...(funnel.deleted > 0 ? { deleted: funnel.deleted } : {}) }, false)];
  const same = drops(funnel.duplicatesByKind, false);
  const understood = funnel.read - total(passed);
  const judged = understood - total(filtered);
  return [
    { name: 'read', records: funnel.read, drops: [] },
    { name: 'understood', records: understood, drops: passed },
    { name: 'judged good', records: judged, drops: filtered },
    { name: 'new', records: judged - total(same), drops: same },
    { name: 'in shards', records: funnel.accepted, drops: [] },
  ];
}

export interface Bed {
  width: number;
  height: number;
  main: string; // an SVG path
  sides: string[]; // one for each stage, empty where nothing leaves
  at: number[]; // where stages stand
}

const TOP = 14;
const LEAST = 1.5;

/** The paths of the river in a box; the main stream keeps its upper bank, and what is dropped leaves from the lower one. */
export function bed(list: Stage[], width: number, height: number): Bed {
  const most = Math.max(1, list[0]?.records ?? 0);
  const full = height * 0.45;
  const thick = (records: number) => (records === 0 ? 0 : Math.max(LEAST, (full * records) / most));
  const gap = width / list.length;
  const at = list.map((_, i) => gap * (i + 0.5));
  const bank = (i: number) => TOP + thick(list[i]?.records ?? 0);
  let lower = '';
  for (let i = list.length - 1; i > 0; i--) {
    const [from, to] = [at[i] ?? 0, at[i - 1] ?? 0];
    lower += ` C ${(from + to) / 2} ${bank(i)} ${(from + to) / 2} ${bank(i - 1)} ${to} ${bank(i - 1)}`;
  }
  const main = `M 0 ${TOP} H ${width} V ${bank(list.length - 1)} H ${at.at(-1)}${lower} H 0 Z`;
  const sides = list.map((stage, i) => {
    const records = total(stage.drops);
    if (records === 0) return '';
    const side = thick(records);
    const from = (at[i - 1] ?? 0) + gap * 0.15;
    const x = at[i] ?? 0;
    const y = bank(i);
    return `M ${from} ${y} C ${x} ${y} ${x + side / 2} ${y + height * 0.2} ${x + side / 2} ${height} H ${x - side / 2} C ${x - side / 2} ${y + height * 0.3} ${from + gap * 0.2} ${y + side} ${from} ${y + side} Z`;
  });
  return { width, height, main, sides, at };
}
