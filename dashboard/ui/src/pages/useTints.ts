import { useMemo } from 'preact/hooks';
import { short, whole } from '../format';
import { theme } from '../state/theme';
import { useAsk } from '../state/useAsk';
import type { TokenMap } from './Moved';
import { byChange, byCount, byName, byRank, type Tints } from './tints';

interface Counts {
  absent?: string;
  counts: number[];
  tokens: number;
  shards: number;
}

interface Wanted {
  run: string;
  at: number | null;
  by: string;
  since: number | undefined; // the checkpoint that change counts from
}

/** The colours of a map's tokens, and in words what they were made of. */
export function useTints(map: TokenMap | null, { run, at, by, since }: Wanted): Tints & { note: string } {
  const counts = useAsk<Counts>(by === 'frequency' && at !== null ? 'embedding/frequency' : null, { run, step: at ?? 0 });
  const change = useAsk<{ ids: number[]; values: number[] }>(by === 'change' && at !== null && since !== undefined ? 'embedding/change' : null, { run, a: since ?? 0, b: at ?? 0 });
  return useMemo(() => {
    const now = theme.value;
    if (map === null) return { colours: [], legend: { names: [] }, note: '' };
    if (by === 'frequency') {
      const known = counts.answer;
      if (counts.busy || known === null || known.absent !== undefined) return { ...byRank(map.ids.length, now), note: counts.busy ? 'counting…' : (known?.absent ?? counts.problem) };
      return { ...byCount(map.ids.map((id) => known.counts[id] ?? 0), now), note: `${short(known.tokens)} tokens counted, of the newest ${whole(known.shards)} ${known.shards === 1 ? 'shard' : 'shards'}` };
    }
    if (by === 'change') {
      const values = new Map(change.answer?.ids.map((id, i) => [id, change.answer?.values[i] ?? 0]));
      const note = since === undefined ? 'there is no checkpoint before this one' : change.busy ? 'comparing…' : change.problem || `1 − cosine, since step ${whole(since)}`;
      return { ...byChange(map.ids.map((id) => values.get(id) ?? 0), now), note };
    }
    return { ...byName(map.scripts, now), note: 'script of the first letter' };
  }, [map, by, since, counts.answer, counts.busy, counts.problem, change.answer, change.busy, change.problem, theme.value]);
}
