import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import type { Points } from '../api';
import { overview, revision } from '../state/live';
import { view, type AxisName } from '../state/view';

/** How an axis that people choose is made of one that the server knows: position = factor · x − origin. */
interface Scale {
  axis: 'step' | 'tokens' | 'time';
  factor: number;
  origin: number;
}

export function scale(axis: AxisName, flopsPerToken: number, startMillis: number): Scale {
  switch (axis) {
    case 'step':
    case 'tokens':
    case 'time':
      return { axis, factor: 1, origin: 0 };
    case 'flops':
      return { axis: 'tokens', factor: flopsPerToken, origin: 0 };
    case 'relative':
      return { axis: 'time', factor: 1, origin: startMillis };
  }
}

/** The scale of the axis that is chosen now. */
export function chosenScale(): Scale {
  const start = overview.value?.start;
  const flops = Number(start?.flopsPerToken ?? 1);
  return scale(view.value.axis, flops, Date.parse(String(start?.time ?? 0)));
}

function onScale(points: Points, { factor, origin }: Scale): Points {
  return factor === 1 && origin === 0 ? points : { ...points, x: points.x.map((x) => factor * x - origin) };
}

/** The series of these names as they are drawn now, read again whenever the view or the run has moved on. */
export function useLines(names: string[], width: number) {
  const lines = useSignal<Record<string, Points>>({});
  const key = names.join(',');
  useSignalEffect(() => {
    const { from, to, logX, smooth } = view.value;
    const chosen = chosenScale();
    const back = (x: number | null) => (x === null ? null : (x + chosen.origin) / chosen.factor);
    const cancelled = new AbortController();
    if (revision.value > 0 && key !== '') {
      api
        .points({ names: key.split(','), axis: chosen.axis, from: back(from), to: back(to), points: width, log: logX, smooth }, cancelled.signal)
        .then((answer) => {
          lines.value = Object.fromEntries(Object.entries(answer).map(([name, points]) => [name, onScale(points, chosen)]));
        })
        .catch((error: unknown) => {
          if (!cancelled.signal.aborted) console.error(error); // what was drawn stays, and the next beat asks again
        });
    }
    return () => cancelled.abort();
  });
  return lines;
}
