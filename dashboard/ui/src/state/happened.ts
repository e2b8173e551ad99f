import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import type { Marker } from '../api';
import { revision } from './live';
import { chosenRuns } from './runs';
import { pick, view } from './view';

/** What charts mark, by the name under which it is shown or not. */
export const MARKS: Record<string, string[]> = {
  alerts: ['spike', 'alert', 'error'],
  checkpoints: ['checkpoint', 'resume'],
  mixture: ['mixture'],
  takedowns: ['takedown'],
};

/** Which of them are not wanted: names with commas between. */
const hidden = () => (view.value.choice.hide ?? '').split(',').filter((name) => name !== '');

export const marked = (name: string): boolean => !hidden().includes(name);

export function toggleMarks(name: string): void {
  const others = hidden().filter((each) => each !== name);
  pick({ hide: (marked(name) ? [...others, name] : others).join(',') });
}

/** What happened in the first of the chosen runs, by kind and as far as it is wanted; kept up to date. */
export function useHappened() {
  const happened = useSignal<Record<string, Marker[]>>({});
  useSignalEffect(() => {
    const run = chosenRuns.value[0];
    const wanted = Object.keys(MARKS).filter(marked).flatMap((name) => MARKS[name] ?? []);
    if (revision.value > 0 && run !== undefined) {
      api.markers(run, wanted).then((all) => (happened.value = all), console.error);
    }
  });
  return happened;
}
