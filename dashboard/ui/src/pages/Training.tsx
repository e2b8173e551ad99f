import { useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import * as api from '../api';
import type { Marker, Points } from '../api';
import { Chart, type Line, type Mark } from '../chart/Chart';
import { chosenScale, useLines } from '../chart/useLines';
import { title } from '../format';
import { Controls } from '../parts/Controls';
import { revision } from '../state/live';
import { view } from '../state/view';
import { groups, lineName } from './groups';

const POINTS = 800;
const HEIGHT = 220;
const ALARMS = ['spike', 'alert', 'error'];

const PASSED_OVER = new Set(['step/tokens', 'freshness/documents', 'eval/heldOutBytes', 'eval/heldOutDocuments']);

export function Training() {
  const names = useSignal<string[]>([]);
  const happened = useSignal<Record<string, Marker[]>>({});
  useSignalEffect(() => {
    if (revision.value === 0) return;
    api.seriesNames().then((all) => (names.value = all), console.error);
    api.markers(['checkpoint', ...ALARMS]).then((all) => (happened.value = all), console.error);
  });
  const wanted = view.value.search.toLowerCase();
  const charts = [...groups(names.value.filter((name) => !PASSED_OVER.has(name)))].filter(([key]) =>
    `${key} ${title(key)}`.toLowerCase().includes(wanted),
  );
  return (
    <main>
      <Controls />
      {charts.length === 0 && <p class="nothing">{names.value.length === 0 ? 'No step has been made yet.' : 'No series has that in its name.'}</p>}
      <div class="charts">
        {charts.map(([key, members]) => <SeriesChart key={members.join()} heading={title(key)} names={members.slice(0, 10)} happened={happened.value} />)}
      </div>
    </main>
  );
}

/** One chart, kept up to date. */
export function SeriesChart(props: { heading: string; names: string[]; happened: Record<string, Marker[]>; height?: number }) {
  const points = useLines(props.names, POINTS).value;
  const { axis, logX, logY, outliers } = view.value;
  const key = props.names.join();
  const lines = useMemo(() => linesOf(key.split(','), points), [key, points]);
  const marked = useMemo(() => marks(props.happened), [props.happened, axis]);
  return (
    <Chart
      heading={props.heading} lines={lines} marks={marked} axis={axis}
      logX={logX} logY={logY} outliers={outliers} height={props.height ?? HEIGHT}
    />
  );
}

function linesOf(names: string[], points: Record<string, Points>): Line[] {
  return names.flatMap((name) => {
    const drawn = points[name];
    return drawn === undefined ? [] : [{ name: lineName(name), points: drawn }];
  });
}

function marks(happened: Record<string, Marker[]>): Mark[] {
  const { axis, factor, origin } = chosenScale();
  const at = (marker: Marker) => (axis === 'time' ? Date.parse(marker.time) : marker[axis]);
  return Object.entries(happened).flatMap(([kind, list]) => list.map((marker) => ({ kind, x: factor * at(marker) - origin })));
}
