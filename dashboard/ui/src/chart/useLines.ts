import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import * as api from '../api';
import { lineName } from '../series';
import { revision } from '../state/live';
import { placeOf } from '../state/colours';
import { chosenRuns, runs } from '../state/runs';
import { drawn, view } from '../state/view';
import { fromAxis, type Line, onScale, scaleOf } from './lines';

async function linesOf(run: string, names: string[], width: number, alone: boolean, signal: AbortSignal): Promise<Line[]> {
  const { axis, from, to, logX, smooth } = view.peek();
  const scale = scaleOf(axis, runs.peek().find((each) => each.name === run));
  const query = { run, names, axis: scale.axis, from: fromAxis(scale, from), to: fromAxis(scale, to), points: width, log: logX, smooth };
  const answer = await api.points(query, signal);
  const own = alone && (names.length > 1 || runs.peek().length < 2); // else the line has the colour of its run
  return names.flatMap((series, i) => {
    const points = answer[series];
    if (points === undefined) return [];
    const name = lineName(series);
    const label = alone ? name : names.length > 1 ? `${run} · ${name}` : run;
    return [{ key: `${run} ${series}`, label, series, colour: own ? i : placeOf(run), dash: alone ? 0 : i, points: onScale(points, scale) }];
  });
}

/** A question that is on its way, and whether the run has moved on since. */
interface Flight {
  key: string;
  again: boolean;
  cancelled: AbortController;
}

/**
 * The series of these names in every chosen run, read again whenever the view or a run has moved on. Another view replaces a
 * question that is on its way; a run that moves on waits for its answer, so that a slow server is never asked in vain.
 */
export function useLines(names: string[], width: number) {
  const lines = useSignal<Line[]>([]);
  const flight = useRef<Flight | null>(null);
  const ask = async (key: string): Promise<void> => {
    const own: Flight = { key, again: false, cancelled: new AbortController() };
    flight.current?.cancelled.abort();
    flight.current = own;
    const compared = chosenRuns.peek();
    try {
      const answers = await Promise.all(compared.map((run) => linesOf(run, names, width, compared.length === 1, own.cancelled.signal)));
      if (flight.current === own) lines.value = answers.flat();
    } catch (error) {
      if (!own.cancelled.signal.aborted) console.error(error); // what was drawn stays, and the next beat asks again
    }
    if (flight.current !== own) return;
    flight.current = null;
    if (own.again) void ask(key);
  };
  useSignalEffect(() => {
    const key = `${drawn.value} ${chosenRuns.value.map((run) => `${run} ${placeOf(run)}`).join('\n')}`;
    if (revision.value === 0 || names.length === 0 || chosenRuns.value.length === 0) return;
    if (flight.current?.key === key) flight.current.again = true;
    else void ask(key);
  });
  useEffect(() => () => flight.current?.cancelled.abort(), []);
  return lines;
}
