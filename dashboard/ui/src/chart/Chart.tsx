import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import type { Points } from '../api';
import { duration, short } from '../format';
import { theme } from '../state/theme';
import { choose, type AxisName } from '../state/view';
import { colour } from './palette';
import { yRange } from './range';

export interface Line {
  name: string;
  points: Points;
}

export interface Mark {
  x: number;
  kind: string;
}

interface Props {
  heading: string;
  lines: Line[];
  marks: Mark[];
  axis: AxisName;
  logX: boolean;
  logY: boolean;
  outliers: boolean;
  height: number;
}

type Column = (number | null | undefined)[];

const SYNC = 'alluvium';

/** All lines over the positions of all of them: for each line its average, its smallest and its largest figures. */
export function align(lines: Line[]): [number[], ...Column[]] {
  if (lines.length === 0) return [[]];
  const tables = lines.map(({ points }) => [points.x, points.smooth, points.min, points.max] as uPlot.AlignedData);
  return uPlot.join(tables) as [number[], ...Column[]];
}

/** A time axis shows the day where it changes; relative ones count from their start. */
export function position(x: number, axis: AxisName): string {
  if (axis === 'time') return new Date(x).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' });
  return axis === 'relative' ? duration(x) : short(x);
}

function style(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function series(lines: Line[]): uPlot.Series[] {
  return lines.flatMap((line, i) => [
    { label: line.name, stroke: colour(i), width: 1.75, spanGaps: true, points: { show: line.points.x.length === 1 } },
    { label: `${line.name} min`, stroke: 'transparent', points: { show: false }, spanGaps: true },
    { label: `${line.name} max`, stroke: 'transparent', points: { show: false }, spanGaps: true },
  ]);
}

function drawMarks(plot: uPlot, marks: Mark[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark.x, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = style(mark.kind === 'checkpoint' ? '--mark' : '--alarm');
    const length = mark.kind === 'checkpoint' ? 6 * devicePixelRatio : bbox.height;
    ctx.globalAlpha = mark.kind === 'checkpoint' ? 0.9 : 0.45;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x, bbox.top + bbox.height - length);
    ctx.stroke();
  }
  ctx.restore();
}

/** Those of a chart, which looks for what changes from beat to beat in what it is given last. */
function options(props: Props, newest: () => Props, width: number): uPlot.Options {
  const stroke = style('--ink-soft');
  const grid = { stroke: style('--line'), width: 1 };
  const font = '11px system-ui, sans-serif';
  const axis = { stroke, grid, font, ticks: { show: false } };
  return {
    width,
    height: props.height,
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: {
      sync: { key: SYNC, scales: ['x', null] },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (choose({ from: null, to: null }), null) },
      points: { size: 7 },
    },
    scales: {
      x: { time: false, distr: props.logX ? 3 : 1 },
      y: { distr: props.logY ? 3 : 1, range: () => shownRange(newest()) },
    },
    axes: [
      { ...axis, size: 26, space: 80, values: (_, xs) => xs.map((x) => (x === null ? '' : position(x, props.axis))) },
      { ...axis, size: 52, values: (_, ys) => ys.map((y) => (y === null ? '' : short(y))) },
    ],
    series: [{}, ...series(props.lines)],
    bands: props.lines.map((_, i) => ({ series: [3 * i + 3, 3 * i + 2] as [number, number], fill: `${colour(i)}2e` })),
    hooks: { drawClear: [(plot) => drawMarks(plot, newest().marks)], setSelect: [zoom] },
  };
}

function shownRange({ lines, outliers, logY }: Props): [number, number] {
  const extremes = lines.flatMap((line) => [line.points.min, line.points.max]);
  const smooths = lines.map((line) => line.points.smooth);
  return yRange(smooths, extremes, outliers, logY) ?? (logY ? [1, 10] : [0, 1]);
}

/** What was brushed becomes the range of every chart, and is read again in full. */
function zoom(plot: uPlot): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  choose({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
}

function latest(line: Line): string {
  return short(line.points.value.findLast((value) => value !== null));
}

/** Lines with the range of all that is under each of their points; hover, brush and double click are those of every chart. */
export function Chart(props: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const drawn = useRef<uPlot | null>(null);
  const empty = props.lines.every((line) => line.points.x.length === 0);
  const shape = [theme.value, empty, props.axis, props.logX, props.logY, props.height, ...props.lines.map((line) => line.name)].join();
  useEffect(() => {
    const element = frame.current;
    if (element === null || empty) return undefined;
    const { lines, height } = newest.current;
    const plot = new uPlot(options(newest.current, () => newest.current, element.clientWidth), align(lines) as uPlot.AlignedData, element);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    drawn.current = plot;
    return () => {
      resize.disconnect();
      plot.destroy();
      drawn.current = null;
    };
  }, [shape]);
  useEffect(() => drawn.current?.setData(align(props.lines) as uPlot.AlignedData), [props.lines, props.marks, props.outliers]);
  return (
    <figure class="card chart" aria-label={props.heading}>
      <figcaption>
        <h3>{props.heading}</h3>
        <ul class="legend">
          {props.lines.map((line, i) => (
            <li key={line.name}>
              <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill={colour(i)} /></svg>
              {props.lines.length > 1 && <span>{line.name}</span>} <b>{latest(line)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="plot" ref={frame}>{empty && <p class="nothing">Nothing yet</p>}</div>
    </figure>
  );
}
