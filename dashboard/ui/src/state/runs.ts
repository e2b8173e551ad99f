import { computed, effect, signal } from '@preact/signals';
import * as api from '../api';
import type { RunSummary } from '../api';
import { revision } from './live';
import { choose, MOST_RUNS, view } from './view';

/** All runs that the server shows. */
export const runs = signal<RunSummary[]>([]);

/** Names of those that are looked at, in the order of all. */
export const chosenRuns = computed(() => {
  const names = runs.value.map((run) => run.name);
  const chosen = names.filter((name) => view.value.runs.includes(name));
  return chosen.length > 0 ? chosen : names.slice(0, 1);
});

export function toggleRun(name: string, alone: boolean): void {
  const now = chosenRuns.value;
  const next = alone ? [name] : now.includes(name) ? now.filter((each) => each !== name) : [...now, name];
  if (next.length <= MOST_RUNS) choose({ runs: next.length === 0 ? now : next });
}

/** Keeps the list new; what a run says of itself changes only when a process of it begins. */
export function followRuns(): void {
  effect(() => {
    if (revision.value > 0 || runs.value.length === 0) {
      api.runs().then((all) => {
        if (JSON.stringify(all) !== JSON.stringify(runs.peek())) runs.value = all;
      }, console.error);
    }
  });
}

/** Settings in which runs differ, each with the value of every run. */
export function differences(compared: RunSummary[]): [string, string[]][] {
  const settings = compared.map((run) => ({ ...(run.start?.settings as Record<string, unknown> | undefined), ...facts(run) }));
  const names = [...new Set(settings.flatMap((each) => Object.keys(each)))].sort();
  return names
    .map((name): [string, string[]] => [name, settings.map((each) => (each[name] === undefined ? '–' : String(each[name])))])
    .filter(([, values]) => new Set(values).size > 1);
}

function facts(run: RunSummary): Record<string, unknown> {
  const { settings: _, time: __, ...rest } = run.start ?? {};
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'object'));
}
