import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import * as api from '../api';
import { scrubbed } from './keys';
import { overview } from './live';
import { chosenRuns } from './runs';
import { view } from './view';

export interface Checkpoint {
  step: number;
  kind: string;
  tokens: number;
  bytes: number;
  writtenAt: string;
  wholeness: 'UNKNOWN' | 'WHOLE' | 'DAMAGED';
  problem: string;
}

/** The checkpoints of the run that is looked at, oldest first; null until they are known. */
export function useCheckpoints() {
  const checkpoints = useSignal<Checkpoint[] | null>(null);
  useSignalEffect(() => {
    const run = chosenRuns.value[0];
    if (run !== undefined && overview.value?.checkpoint !== undefined) {
      api.get<{ checkpoints: Checkpoint[] }>('checkpoints', { run }).then((answer) => {
        if (JSON.stringify(answer.checkpoints) !== JSON.stringify(checkpoints.peek())) checkpoints.value = answer.checkpoints;
      }, console.error);
    }
  });
  return checkpoints;
}

/**
 * The same for pages that go through checkpoints, and the step that is looked at: the newest unless another is chosen; and
 * whether its checkpoint is still there, as there may be steps beside theirs.
 */
export function useScrub(beside: number[] = []): { steps: number[]; at: number | null; stored: boolean; known: boolean } {
  const checkpoints = useCheckpoints().value;
  const loadable = (checkpoints ?? []).filter((each) => each.kind !== 'unreadable').map((each) => each.step);
  const steps = [...new Set([...loadable, ...beside])].sort((one, other) => one - other);
  useEffect(() => {
    scrubbed.value = steps;
    return () => (scrubbed.value = []);
  }, [steps.join()]);
  const chosen = Number(view.value.choice.at);
  const at = steps.includes(chosen) ? chosen : (steps.at(-1) ?? null);
  return { steps, at, stored: loadable.includes(at ?? -1), known: checkpoints !== null };
}
