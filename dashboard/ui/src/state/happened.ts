import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import type { Marker } from '../api';
import { revision } from './live';
import { chosenRuns } from './runs';

const SHOWN = ['checkpoint', 'resume', 'spike', 'alert', 'error'];

/** What happened in the first of the chosen runs, by kind; kept up to date. */
export function useHappened() {
  const happened = useSignal<Record<string, Marker[]>>({});
  useSignalEffect(() => {
    const run = chosenRuns.value[0];
    if (revision.value > 0 && run !== undefined) {
      api.markers(run, SHOWN).then((all) => (happened.value = all), console.error);
    }
  });
  return happened;
}
