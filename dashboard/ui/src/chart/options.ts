import uPlot from 'uplot';
import { duration, short, trimmed } from '../format';
import { tick } from '../series';
import type { Theme } from '../state/theme';
import { choose, type AxisName } from '../state/view';
import { type Line, type Mark, through } from './lines';
import { colour, dash } from './palette';
import { yRange } from './range';

/** What a chart is drawn from. */
export interface Drawing {
  series: string; // whose unit the y axis has
  lines: Line[];
  marks: Mark[];
  axis: AxisName;
  logX: boolean;
  logY: boolean;
  outliers: boolean;
  height: number;
  pin: number | null;
  theme: Theme;
}

type Column = (number | null | undefined)[];

const SYNC = 'alluvium';
const LETTER = 6.2; // pixels that a letter of an axis is wide, nearly
const CLICK = 4; // pixels; a drag is longer
const CROWD = 12; // alerts in one chart
const SHORT = new Set(['checkpoint', 'mixture', 'resume', 'takedown']);
const FAR = 0.3; // of the range that is shown
const RARE = 0.1; // of the points

/** All lines over the positions of all of them: for each line what it goes through, its smallest and its largest figures. */
export function align(lines: Line[]): [number[], ...Column[]] {
  if (lines.length === 0) return [[]];
  const tables = lines.map((line) => [line.points.x, through(line), line.points.min, line.points.max] as uPlot.AlignedData);
  return uPlot.join(tables) as [number[], ...Column[]];
}

/** A time axis shows the day; relative ones count from their start. */
export function position(x: number, axis: AxisName): string {
  if (axis === 'time') return new Date(x).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' });
  return axis === 'relative' ? duration(x) : trimmed(short(x));
}

function style(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What is not smoothed stays in sight: the band, and its edges, which are all there is of it where each point is one figure. */
const faint = (line: Line, theme: Theme) => colour(line.colour, theme) + (theme === 'dark' ? '40' : '33');

function series({ lines, theme }: Drawing): uPlot.Series[] {
  return lines.flatMap((line) => [
    {
      label: line.label,
      stroke: colour(line.colour, theme),
      width: 1.5,
      dash: dash(line.dash),
      spanGaps: true,
      points: { show: line.points.x.length === 1, size: 7, fill: colour(line.colour, theme) },
    },
    { label: `${line.label} min`, stroke: faint(line, theme), width: 1, points: { show: false }, spanGaps: true },
    { label: `${line.label} max`, stroke: faint(line, theme), width: 1, points: { show: false }, spanGaps: true },
  ]);
}

function vertical(plot: uPlot, x: number, length: number, colourName: string, alpha: number, pattern: number[] = []): void {
  const { ctx, bbox } = plot;
  const at = Math.round(plot.valToPos(x, 'x', true));
  if (!(at >= bbox.left && at <= bbox.left + bbox.width)) return;
  ctx.strokeStyle = style(colourName);
  ctx.globalAlpha = alpha;
  ctx.setLineDash(pattern);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top + bbox.height);
  ctx.lineTo(at, bbox.top + bbox.height - length);
  ctx.stroke();
}

const TINTS = { info: '--water', warning: '--warn', critical: '--alarm' } as const;
const MANY = 60; // pixels that the words at a mark need at least, or they are left to the tooltip

/** What has changed in the mixture, in a few words beside its line, where there is room for them. */
function drawWords(plot: uPlot, { marks }: { marks: Mark[] }): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  let free = bbox.left;
  ctx.font = `${10 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = style('--ink-soft');
  ctx.globalAlpha = 1;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const mark of marks.filter(({ kind }) => kind === 'mixture')) {
    const at = plot.valToPos(mark.x, 'x', true) + 4 * devicePixelRatio;
    const words = mark.text.replace(/^mixture changes: | epochs$/g, '');
    const width = Math.max(MANY, ctx.measureText(words).width);
    if (at < free || at + width > right) continue;
    ctx.fillText(words, at, bbox.top + 10 * devicePixelRatio);
    free = at + width;
  }
}

/**
 * Checkpoints as short strokes on the ground, changes of the mixture dashed and with words, takedowns dashed, alerts as tall ones tinted by their level, the pin
 * dashed. Where alerts are many they are short, too: a hatched chart would show nothing else.
 */
function drawMarks(plot: uPlot, { marks, pin }: Drawing): void {
  const { ctx, bbox } = plot;
  const { min: from = null, max: to = null } = plot.scales.x ?? {};
  const alerts = marks.filter((mark) => !SHORT.has(mark.kind) && mark.x >= (from ?? -Infinity) && mark.x <= (to ?? Infinity)).length;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const mark of marks) {
    if (mark.kind === 'checkpoint') vertical(plot, mark.x, 6 * devicePixelRatio, '--mark', 0.9);
    else if (mark.kind === 'mixture') vertical(plot, mark.x, bbox.height, '--water', 0.8, [2 * devicePixelRatio, 3 * devicePixelRatio]);
    else if (mark.kind === 'takedown') vertical(plot, mark.x, bbox.height, '--mark', 0.9, [6 * devicePixelRatio, 3 * devicePixelRatio]);
    else if (mark.kind === 'resume') vertical(plot, mark.x, 12 * devicePixelRatio, '--water', 0.9);
    else vertical(plot, mark.x, alerts > CROWD ? 9 * devicePixelRatio : bbox.height, TINTS[mark.level], alerts > CROWD ? 0.9 : 0.4);
  }
  drawWords(plot, { marks });
  if (pin !== null) vertical(plot, pin, bbox.height, '--ink', 0.7, [4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.restore();
}

/** Where figures lie far outside of what is shown, a small arrow says so. */
function drawOutliers(plot: uPlot, { lines }: Drawing): void {
  const { ctx, bbox } = plot;
  const { min: low = null, max: high = null } = plot.scales.y ?? {};
  if (low === null || high === null) return;
  const far = FAR * (high - low);
  const size = 3.5 * devicePixelRatio;
  const arrow = (x: number, y: number, down: number) => {
    ctx.beginPath();
    ctx.moveTo(x - size, y + size * down);
    ctx.lineTo(x + size, y + size * down);
    ctx.lineTo(x, y);
    ctx.fill();
  };
  ctx.save();
  ctx.fillStyle = style('--mark');
  for (const { points } of lines) {
    let next = -Infinity;
    const above = (i: number) => (points.max[i] ?? high) > high + far;
    const below = (i: number) => (points.min[i] ?? low) < low - far;
    const outside = points.x.filter((_, i) => above(i) || below(i)).length;
    if (outside > RARE * points.x.length) continue; // what is common is no outlier, and the band shows it
    points.x.forEach((x, i) => {
      if (!above(i) && !below(i)) return;
      const at = Math.round(plot.valToPos(x, 'x', true));
      if (at < next || at < bbox.left || at > bbox.left + bbox.width) return;
      next = at + 2.5 * size;
      if (above(i)) arrow(at, bbox.top - size, 1);
      else arrow(at, bbox.top + bbox.height + size, -1);
    });
  }
  ctx.restore();
}

function shownRange({ lines, outliers, logY }: Drawing): [number, number] {
  const extremes = lines.flatMap((line) => [line.points.min, line.points.max]);
  return yRange(lines.map(through), extremes, outliers, logY) ?? (logY ? [1, 10] : [0, 1]);
}

/** The dot of a line at the cursor; its smallest and largest figures have none, as each is a layer that every frame moves. */
const dot = (_: uPlot, series: number) => (series % 3 === 1 ? document.createElement('div') : undefined);

/** What was brushed becomes the range of every chart, and is read again in full. */
function zoom(plot: uPlot): void {
  const { left, width } = plot.select;
  if (width < CLICK) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  choose({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
}

/** A click pins what is under it, and a click on the pin takes it away. */
function pinOnClick(plot: uPlot, newest: () => Drawing): void {
  let pressed = 0;
  plot.over.addEventListener('mousedown', (event) => (pressed = event.clientX));
  plot.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - pressed) >= CLICK) return;
    const at = event.clientX - plot.over.getBoundingClientRect().left;
    const { pin } = newest();
    const again = pin !== null && Math.abs(plot.valToPos(pin, 'x') - at) < CLICK;
    choose({ pin: again ? null : plot.posToVal(at, 'x') });
  });
}

/** Those of a chart, which looks for what changes from beat to beat in what it is given last. */
export function options(drawing: Drawing, newest: () => Drawing, width: number, hover: (plot: uPlot) => void): uPlot.Options {
  const stroke = style('--ink-soft');
  const grid = { stroke: style('--line'), width: 1 };
  const font = '11px system-ui, sans-serif';
  const axis = { stroke, grid, font, ticks: { show: false } };
  const step = (ticks: (number | null)[]) => Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) || 1;
  return {
    width,
    height: drawing.height,
    legend: { show: false },
    padding: [10, 14, 0, 0],
    cursor: {
      sync: { key: SYNC, scales: ['x', null] },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (choose({ from: null, to: null }), null) },
      points: { size: 7, show: dot as uPlot.Cursor.Points.Show },
    },
    scales: {
      x: { time: false, distr: drawing.logX ? 3 : 1 },
      y: { distr: drawing.logY ? 3 : 1, range: () => shownRange(newest()) },
    },
    axes: [
      { ...axis, size: 28, space: 90, grid: { show: false }, values: (_, xs) => xs.map((x) => (x === null ? '' : position(x, drawing.axis))) },
      { ...axis, size: (_, ys) => Math.max(46, 14 + LETTER * Math.max(0, ...(ys ?? []).map((label) => label.length))), values: (_, ys) => ys.map((y) => (y === null ? '' : tick(drawing.series, y, drawing.logY ? Math.abs(y) / 10 : step(ys)))) },
    ],
    series: [{}, ...series(drawing)],
    bands: drawing.lines.map((line, i) => ({ series: [3 * i + 3, 3 * i + 2] as [number, number], fill: faint(line, drawing.theme) })),
    hooks: {
      drawClear: [(plot) => drawMarks(plot, newest())],
      draw: [(plot) => drawOutliers(plot, newest())],
      setSelect: [zoom],
      setCursor: [hover],
      ready: [(plot) => pinOnClick(plot, newest)],
    },
  };
}
