import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import { lineName } from '../series';
import { revision } from '../state/live';
import { chosenRuns, indexOf, runs } from '../state/runs';
import { drawn, view } from '../state/view';
import { fromAxis, type Line, onScale, scaleOf } from './lines';

async function linesOf(run: string, names: string[], width: number, alone: boolean, signal: AbortSignal): Promise<Line[]> {
  const { axis, from, to, logX, smooth } = view.peek();
  const scale = scaleOf(axis, runs.peek().find((each) => each.name === run));
  const query = { run, names, axis: scale.axis, from: fromAxis(scale, from), to: fromAxis(scale, to), points: width, log: logX, smooth };
  const answer = await api.points(query, signal);
  return names.flatMap((series, i) => {
    const points = answer[series];
    if (points === undefined) return [];
    const name = lineName(series);
    const label = alone ? name : names.length > 1 ? `${run} · ${name}` : run;
    return [{ key: `${run} ${series}`, label, series, colour: alone ? i : indexOf(run), dash: alone ? 0 : i, points: onScale(points, scale) }];
  });
}

/** The series of these names in every chosen run, read again whenever the view or a run has moved on. */
export function useLines(names: string[], width: number) {
  const lines = useSignal<Line[]>([]);
  useSignalEffect(() => {
    const asked = drawn.value;
    const compared = chosenRuns.value;
    const cancelled = new AbortController();
    if (asked !== '' && revision.value > 0 && names.length > 0 && compared.length > 0) {
      Promise.all(compared.map((run) => linesOf(run, names, width, compared.length === 1, cancelled.signal)))
        .then((answers) => (lines.value = answers.flat()))
        .catch((error: unknown) => {
          if (!cancelled.signal.aborted) console.error(error); // what was drawn stays, and the next beat asks again
        });
    }
    return () => cancelled.abort();
  });
  return lines;
}
