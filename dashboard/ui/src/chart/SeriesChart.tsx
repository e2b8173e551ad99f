import { useMemo } from 'preact/hooks';
import * as api from '../api';
import type { Marker } from '../api';
import { title } from '../series';
import { chosenRuns, runs } from '../state/runs';
import { theme } from '../state/theme';
import { view } from '../state/view';
import { Chart } from './Chart';
import { marksOf, scaleOf } from './lines';
import { useLines } from './useLines';

const POINTS = 800;
const MOST_LINES = 10;

/** A chart of some series, kept up to date. Whoever changes the names gives it another key. */
export function SeriesChart(props: { name: string; series: string[]; happened: Record<string, Marker[]>; heading?: string; height?: number }) {
  const names = useMemo(() => props.series.slice(0, MOST_LINES), [props.series.join('\n')]);
  const lines = useLines(names, POINTS).value;
  const { axis, logX, logY, outliers, pin } = view.value;
  const run = runs.value.find((each) => each.name === chosenRuns.value[0]);
  const marks = useMemo(() => marksOf(props.happened, scaleOf(axis, run)), [props.happened, axis, run]);
  return (
    <Chart
      heading={props.heading ?? title(props.name)} series={props.name} lines={lines} marks={marks} axis={axis}
      logX={logX} logY={logY} outliers={outliers} pin={pin} theme={theme.value} height={props.height ?? 210}
      tables={chosenRuns.value.map((name) => ({ name, address: api.tableAddress(name, names) }))}
    />
  );
}
