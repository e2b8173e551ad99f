/** What the server answers about the corpus; the records of the package corpus say it in full. */

export interface Funnel {
  read: number;
  accepted: number;
  duplicatesByKind: Record<string, number>;
  rejected: Record<string, number>;
  skipped: Record<string, number>;
  deleted: number;
}

/** What commits add up to, in so many seconds where it is known. */
export interface Amount {
  seconds: number;
  funnel: Funnel;
  read: Record<string, number>; // by source
  tokens: number;
  shards: number;
}

export interface Source {
  name: string;
  read: number;
  accepted: number;
  backlog: { splits: number; bytes: number; oldestMillis: number; paused: boolean } | null;
}

/** What a task of ingest is busy with; of milliseconds a second the mean of its subtasks, and the largest. */
export interface Task {
  told: number;
  task: string;
  stages: string[];
  subtasks: number;
  busyMillis: number[];
  backPressuredMillis: number[];
  idleMillis: number[];
  recordsPerSecond: Record<string, number[]>;
}

export interface FlowAnswer {
  running: boolean;
  endOfInput: boolean;
  total: Amount;
  recent: Amount;
  sources: Source[];
  tasks: Task[];
  freshness: { eventToCommit: { p50Millis: number; p99Millis: number } } | null;
}

export interface Commit {
  sequence: number;
  time: number;
  shards: number;
  rows: number;
  tokens: number;
}

export interface CommitsAnswer {
  commits: Commit[];
  all: { from: number; length: number; tokens: number[]; newest: number[] };
}
