/** The dashboard as a folder without a server: its answers lie beside it, in scripts, and are found by what would have been asked. */

import type { Points } from './api';

/** What `answers/index.js` leaves behind: when it was taken, and in which file the answer to each question is. */
interface Index {
  taken: string;
  sheets: Record<string, string>;
  tables: Record<string, string>;
  tell?: (answers: Record<string, Entry>) => void;
}

type Entry = { answer: unknown } | { refused: string };
type Query = Record<string, string | number | boolean | string[] | null>;

/** A line with the average of several weights. */
type Line = Omit<Points, 'smooth'> & { smooth: Record<string, Points['smooth']> };

/** The one that this page belongs to; null where a server answers. */
export const snapshot = (globalThis as { alluvium?: Index }).alluvium ?? null;

const ABSENT = 'This is not in the copy. Start “alluvium dashboard” beside the run to ask for it.';

const heard = new Map<string, Entry>();
const loading = new Map<string, Promise<void>>();

if (snapshot !== null) {
  snapshot.tell = (answers) => Object.entries(answers).forEach(([key, entry]) => heard.set(key, entry));
}

/** A question by its path and its parameters in the order of their characters. */
function keyOf(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((each) => `${name}=${each}`)));
  return `${path}?${pairs.sort().join('&')}`;
}

function load(sheet: string): Promise<void> {
  const known = loading.get(sheet);
  if (known !== undefined) return known;
  const loaded = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `answers/${sheet}`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`The copy is not whole: answers/${sheet} cannot be loaded.`));
    document.head.append(script);
  });
  loading.set(sheet, loaded);
  return loaded;
}

async function recorded(key: string): Promise<unknown> {
  const sheet = snapshot?.sheets[key];
  if (sheet === undefined) throw new Error(ABSENT);
  await load(sheet);
  const entry = heard.get(key);
  if (entry === undefined || 'refused' in entry) throw new Error(entry?.refused ?? ABSENT);
  return entry.answer;
}

/** The answer that was kept; throws if there is none. */
export async function answer(path: string, query: Query): Promise<unknown> {
  if (path === 'points') return { series: await each(query, 'name', async (name) => cut(await lineOf(query, name), query)) };
  if (path === 'markers') return each(query, 'type', async (type) => ((await recorded(keyOf(path, { ...query, type }))) as Record<string, unknown>)[type]);
  return recorded(keyOf(path, query));
}

/** One answer for each value of a parameter, by the values; those that there are not are left out. */
async function each<T>(query: Query, parameter: string, ask: (value: string) => Promise<T>): Promise<Record<string, T>> {
  const values = [query[parameter] ?? []].flat().map(String);
  const answers = await Promise.allSettled(values.map(ask));
  return Object.fromEntries(values.flatMap((value, i) => (answers[i]?.status === 'fulfilled' ? [[value, answers[i].value]] : [])));
}

function lineOf({ run = '', axis = 'step', log = false }: Query, name: string): Promise<Line> {
  const keys = [log === true, false].map((logarithmic) => keyOf('points', { run, name, axis, log: logarithmic }));
  return recorded(keys.find((key) => snapshot?.sheets[key] !== undefined) ?? '') as Promise<Line>;
}

/** The part of a line that is asked for, with the average of the nearest weight. */
export function cut({ smooth, ...line }: Line, query: Query): Points {
  const wanted = Number(query.smooth ?? 0);
  const weight = Object.keys(smooth).reduce((best, next) => (Math.abs(Number(next) - wanted) < Math.abs(Number(best) - wanted) ? next : best));
  const inside = (x: number) => x >= Number(query.from ?? -Infinity) && x <= Number(query.to ?? Infinity);
  const first = line.x.findIndex(inside);
  const past = line.x.findLastIndex(inside) + 1;
  const part = <T>(column: T[] | undefined): T[] => (column ?? []).slice(first, past);
  return { x: part(line.x), min: part(line.min), max: part(line.max), value: part(line.value), smooth: part(smooth[weight]) };
}

/** Where the table of a series is. */
export const tableFile = (run: string, name: string): string => snapshot?.tables[keyOf('table', { run, name })] ?? '';
