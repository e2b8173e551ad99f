/** What the server answers; RunApi says what it is asked. */

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
  alerts: Marker[];
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

export interface PointsQuery {
  names: string[];
  axis: 'step' | 'tokens' | 'time';
  from: number | null;
  to: number | null;
  points: number;
  log: boolean;
  smooth: number;
}

async function get<T>(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(`/api/${path}?${new URLSearchParams(query)}`, signal ? { signal } : {});
  const body = (await answer.json()) as T & { message?: string };
  if (!answer.ok) {
    throw new Error(body.message ?? `The server answered ${answer.status}.`);
  }
  return body;
}

export const overview = () => get<Overview>('overview', {});

export const seriesNames = async () => (await get<{ series: string[] }>('series', {})).series;

export const markers = (types: string[]) => get<Record<string, Marker[]>>('markers', { types: types.join(',') });

export async function points(query: PointsQuery, signal: AbortSignal): Promise<Record<string, Points>> {
  const parameters: Record<string, string> = {
    names: query.names.join(','),
    axis: query.axis,
    points: String(query.points),
    log: String(query.log),
    smooth: String(query.smooth),
  };
  if (query.from !== null) parameters.from = String(query.from);
  if (query.to !== null) parameters.to = String(query.to);
  return (await get<{ series: Record<string, Points> }>('points', parameters, signal)).series;
}
