/** A river from sources to checkpoints: what flows through each of its reaches, what leaves it there, and what holds it up. */

import type { Amount, Funnel, Task } from './answers';

/** Records that leave for one reason; kept are those of which some can be looked at. */
export interface Drop {
  reason: string;
  records: number;
  kept: boolean;
}

/** Where tasks work together, and how far what follows holds them back: shares of their time, of the worst of them. */
export interface Pressure {
  busy: number;
  held: number;
}

export interface Stream {
  name: string;
  records: number;
}

/** A part of the river. Amounts are what flows on from it: in so many seconds, or so far. */
export interface Reach {
  key: 'sources' | 'read' | 'filter' | 'dedup' | 'shards' | 'train' | 'checkpoint';
  name: string;
  records: number | null; // behind the shards nobody counts them
  tokens: number | null; // null where it cannot even be estimated
  estimated: boolean;
  drops: Drop[];
  pressure: Pressure | null;
}

/** What is known of training over the same time: tokens learned from, and tokens that checkpoints hold. */
export interface Training {
  learned: number | null;
  saved: number | null;
  waiting: number | null; // share of time
}

const LEFT_OUT = 'mixture.left_out';
const MOST_STREAMS = 6;

const drops = (counts: [string, number][], kept: boolean): Drop[] =>
  counts
    .filter(([, records]) => records > 0)
    .map(([reason, records]) => ({ reason, records, kept }))
    .sort((one, other) => other.records - one.records);

export const total = (list: { records: number }[]) => list.reduce((sum, each) => sum + each.records, 0);

/** What left the river at each reach that something leaves. */
export function leaving(funnel: Funnel): Record<'read' | 'filter' | 'dedup' | 'shards', Drop[]> {
  const rejected = Object.entries(funnel.rejected);
  return {
    read: [
      ...drops(rejected.filter(([reason]) => !reason.includes('.')), true),
      ...drops([...Object.entries(funnel.skipped), ['deleted', funnel.deleted]], false),
    ],
    filter: drops(rejected.filter(([reason]) => reason.includes('.') && reason !== LEFT_OUT), true),
    dedup: drops(Object.entries(funnel.duplicatesByKind), false),
    shards: drops(rejected.filter(([reason]) => reason === LEFT_OUT), false),
  };
}

/** Tokens of a document in shards, on average: by the newest commits, or by all if there was none of late. */
export function tokensPerDocument(recent: Amount, all: Amount): number | null {
  const of = recent.funnel.accepted > 0 ? recent : all;
  return of.funnel.accepted > 0 ? of.tokens / of.funnel.accepted : null;
}

/** The worst of the tasks that do one of these stages. */
export function pressureOf(tasks: Task[], stages: string[]): Pressure | null {
  const working = tasks.filter((task) => task.stages.some((stage) => stages.includes(stage)));
  const worst = (of: (task: Task) => number[]) => Math.max(...working.map((task) => (of(task).at(-1) ?? 0) / 1000));
  return working.length === 0 ? null : { busy: worst((task) => task.busyMillis), held: worst((task) => task.backPressuredMillis) };
}

/** The reaches for an amount; what is not in tokens yet is counted in documents, and a document is so many tokens. */
export function reaches(amount: Amount, perDocument: number | null, tasks: Task[], training: Training): Reach[] {
  const { funnel } = amount;
  const left = leaving(funnel);
  const read = funnel.read - total(left.read);
  const good = read - total(left.filter);
  const fresh = good - total(left.dedup);
  const counted = (key: Reach['key'], name: string, records: number, reasons: Drop[], stages: string[]): Reach => ({
    key, name, records, tokens: perDocument === null ? null : records * perDocument, estimated: true, drops: reasons, pressure: pressureOf(tasks, stages),
  });
  const known = (key: Reach['key'], name: string, tokens: number | null, pressure: Pressure | null): Reach => ({
    key, name, records: null, tokens, estimated: false, drops: [], pressure,
  });
  return [
    counted('sources', 'Sources', funnel.read, [], []),
    counted('read', 'Read', read, left.read, ['read']),
    counted('filter', 'Filter', good, left.filter, ['judge']),
    counted('dedup', 'Deduplicate', fresh, left.dedup, ['dedup']),
    { ...known('shards', 'Shards', amount.tokens, pressureOf(tasks, ['tokenize', 'write', 'commit'])), records: funnel.accepted, drops: left.shards },
    known('train', 'Train', training.learned, training.waiting === null ? null : { busy: 1 - training.waiting, held: 0 }),
    known('checkpoint', 'Checkpoints', training.saved, null),
  ];
}

/** The largest of the sources, and all others as one. */
export function streams(read: Record<string, number>): Stream[] {
  const all = Object.entries(read)
    .map(([name, records]) => ({ name, records }))
    .sort((one, other) => other.records - one.records);
  const rest = all.slice(MOST_STREAMS);
  return rest.length < 2 ? all : [...all.slice(0, MOST_STREAMS), { name: `${rest.length} others`, records: total(rest) }];
}

export type Grade = 'free' | 'slow' | 'held';

/** As Flink grades back-pressure: up to a tenth of the time is none, more than half is much. */
export const grade = (pressure: Pressure | null): Grade => (pressure === null || pressure.held <= 0.1 ? 'free' : pressure.held <= 0.5 ? 'slow' : 'held');
