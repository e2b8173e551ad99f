/** What the server says of where learning came from; LineageApi and its neighbours say what each figure is. */
export interface Part {
  id: string;
  from: number;
  tokens: number;
}

export interface Step {
  step: number;
  loss: number;
  tokens: number;
  skipped: string;
  documents: Part[];
}

export interface Found {
  steps: Step[];
  cut: boolean;
}

export interface Place {
  entry: number;
  shard: number;
  row: number;
}

export interface Stored {
  id: string;
  source: string;
  origin: string;
  url: string | null;
  language: string | null;
  quality: number;
  contentHash: string;
  repeat: number;
  tokens: number;
  publishedAt: string;
  place: Place;
}

export interface Learned {
  shards: { path: string; sequence: number; committedAt: string; rows: number; firstRow: number; lastRow: number; documents: number; tokensBySource: Record<string, number> }[];
  documents: (Part & { stored: Stored | null })[];
  missing: number;
}

export interface Matches {
  documents: Stored[];
  rows: number;
  cut: boolean;
}

/** A text as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

export const checkpointFolder = (step: number): string => `checkpoints/step-${String(step).padStart(12, '0')}`;

/**
 * What a person can do about a document with the commands that there are: look at why it was accepted, delete it where it comes from,
 * and go on as a new run from the newest checkpoint that has not learned from it.
 */
export function commands(id: string, firstStep: number | null, checkpoints: number[]): [string, string][] {
  const clean = firstStep === null ? undefined : checkpoints.findLast((step) => step < firstStep);
  const all: [string, string][] = [
    ['why every filter let it pass', `./alluvium corpus explain ${quoted(id)}`],
    ['a record for its source, which deletes it there; shards that are written keep it', JSON.stringify({ id, deleted: true })],
  ];
  if (clean !== undefined) all.push([`a new run from step ${clean}, before it was learned from`, `./alluvium train --finetune RUN/${checkpointFolder(clean)} --set train.run=NEW-RUN`]);
  return all;
}

interface Blamed {
  id: string;
  lossPerToken: number;
}

/** The loss of a document when a spike was put down to it; null where none was. */
export function blamedLoss(spikes: Record<string, unknown>[], id: string): number | null {
  const blamed = spikes.flatMap((spike) => (Array.isArray(spike.documents) ? (spike.documents as Blamed[]) : []));
  return blamed.find((each) => each.id === id)?.lossPerToken ?? null;
}

/** A range of steps as somebody asked for it: from where to where, never backwards, never more than are told at once. */
export function range(around: string, through: string, pin: number | null, newest: number): [number, number] {
  const within = (step: number) => Math.min(newest, Math.max(1, Math.round(step)));
  const from = within(around === '' ? (pin ?? newest) : Number(around) || newest);
  const to = through === '' ? from : within(Number(through) || from);
  return [from, Math.min(Math.max(from, to), from + MOST_STEPS - 1)];
}

export const MOST_STEPS = 100;
