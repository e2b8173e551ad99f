/** What the server answers; RunApi and its neighbours say what they are asked. */

import { answer as recorded, snapshot, tableFile } from './snapshot';

export type State = 'EMPTY' | 'RUNNING' | 'WAITING' | 'STOPPED' | 'FAILED';

export type Fields = Record<string, unknown>;

export interface Overview {
  revision: number;
  now?: string;
  state: State;
  detail: string;
  lastEvent: string | null;
  start: Fields | null;
  step: Fields | null;
  eval: Fields | null;
  prequential: Fields | null;
  freshness: Fields | null;
  checkpoint: Fields | null;
  probe: Fields | null;
  alerts: Marker[];
  problem?: string; // what of the folders cannot be read at present
  alertProblems: string[]; // with the rules for alerts, or with who is to be told
}

export interface RunSummary {
  name: string;
  state: State;
  start: Fields | null;
}

/** Columns of one length; null where there is no finite number. */
export interface Points {
  x: number[];
  min: (number | null)[];
  max: (number | null)[];
  value: (number | null)[];
  smooth: (number | null)[];
}

export interface Marker extends Fields {
  step: number;
  tokens: number;
  time: string;
  type: string;
}

export type Level = 'info' | 'warning' | 'critical';

/** How bad what happened is: as its rule says, or else by what it is. */
export function levelOf(marker: Marker): Level {
  return (marker.level as Level | undefined) ?? (marker.type === 'error' ? 'critical' : 'warning');
}

export interface PointsQuery {
  run: string;
  names: string[];
  axis: 'step' | 'tokens' | 'time';
  from: number | null;
  to: number | null;
  points: number;
  log: boolean;
  smooth: number;
}

type Query = Record<string, string | number | boolean | string[] | null>;

function address(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) value.forEach((each) => parameters.append(name, each));
    else if (value !== null) parameters.set(name, String(value));
  }
  return `/api/${path}?${parameters}`;
}

const BUSY = 503;
const BUSY_MILLIS = 500;

/** Asks, and asks again while the server has too much to do; throws the server's own sentence if it refuses. */
export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  if (snapshot !== null) return (await recorded(path, query)) as T;
  let answer = await fetch(address(path, query), signal ? { signal } : {});
  while (answer.status === BUSY) {
    await new Promise((resolve) => setTimeout(resolve, BUSY_MILLIS));
    answer = await fetch(address(path, query), signal ? { signal } : {});
  }
  const body = (await answer.json()) as T & { message?: string };
  if (!answer.ok) {
    throw new Error(body.message ?? `The server answered ${answer.status}.`);
  }
  return body;
}

export const overview = () => get<Overview>('overview');

export const runs = async () => (await get<{ runs: RunSummary[] }>('runs')).runs;

export const seriesNames = async (run: string) => (await get<{ series: string[] }>('series', { run })).series;

export const markers = (run: string, types: string[]) => get<Record<string, Marker[]>>('markers', { run, type: types });

export async function points({ names, ...query }: PointsQuery, signal: AbortSignal): Promise<Record<string, Points>> {
  return (await get<{ series: Record<string, Points> }>('points', { ...query, name: names }, signal)).series;
}

/** Where every figure of some series is to be had. */
export const tableAddress = (run: string, names: string[]) => (snapshot === null ? address('table', { run, name: names }) : tableFile(run, names[0] ?? ''));
