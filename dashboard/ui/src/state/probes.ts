import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import { overview } from './live';
import { chosenRuns } from './runs';

/** What a run asks every checkpoint, and the steps that it has kept the answers of. */
export interface Probes {
  texts: string[];
  steps: number[];
}

/** Those of the run that is looked at, kept up to date; null until they are known. */
export function useProbes() {
  const probes = useSignal<Probes | null>(null);
  const told = useComputed(() => `${overview.value?.probe?.time} ${overview.value?.start?.time}`);
  useSignalEffect(() => {
    const run = chosenRuns.value[0];
    if (run !== undefined && told.value !== '') api.get<Probes>('probes', { run }).then((answer) => (probes.value = answer), console.error);
  });
  return probes;
}
