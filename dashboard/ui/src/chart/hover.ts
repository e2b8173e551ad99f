import type uPlot from 'uplot';
import { figure } from '../series';
import { type Drawing, position } from './options';
import { colour } from './palette';

/** Figures at one position: those of every line, in the order of the lines. */
function figuresAt(plot: uPlot, index: number, count: number): (number | null)[] {
  return Array.from({ length: count }, (_, i) => plot.data[3 * i + 1]?.[index] ?? null);
}

/** The newest figure of each line. */
function newest({ lines }: Drawing): (number | null)[] {
  return lines.map((line) => line.points.value.findLast((value) => value !== null) ?? null);
}

/** Fills the legend with what is under the cursor, or at the pin, or the newest. It is text alone, so hovering stays cheap. */
export function fillLegend(legend: HTMLElement | null, plot: uPlot | null, drawing: Drawing): void {
  if (legend === null) return;
  const { lines, pin } = drawing;
  const pinned = pin !== null && plot !== null ? plot.valToIdx(pin) : null;
  const index = plot?.cursor.idx ?? pinned;
  const shown = index === null || plot === null ? newest(drawing) : figuresAt(plot, index, lines.length);
  const cells = new Map([...legend.querySelectorAll('b')].map((cell) => [cell.dataset.key, cell]));
  lines.forEach((line, i) => {
    const cell = cells.get(line.key);
    const text = figure(line.series, shown[i]);
    if (cell !== undefined && cell.textContent !== text) cell.textContent = text; // or the page would be laid out anew
  });
}

/** A line of the tooltip. */
function row(text: string, value: string, tint: string | null): HTMLElement {
  const element = document.createElement('div');
  const name = document.createElement('span');
  name.textContent = text;
  const strong = document.createElement('b');
  strong.textContent = value;
  if (tint !== null) element.style.setProperty('--tint', tint);
  element.append(name, strong);
  return element;
}

const NEAR = 5; // pixels
const ROOM = 240;
const APART = 14;

/** Tells, beside the cursor, where it is, each line's figure with the range under it, nearest first, and what happened there. */
export function fillTooltip(tooltip: HTMLElement | null, plot: uPlot, drawing: Drawing): void {
  const { idx, left = -1, top = 0 } = plot.cursor;
  if (tooltip === null) return;
  tooltip.hidden = idx === null || idx === undefined || left < 0 || !plot.over.matches(':hover');
  if (tooltip.hidden || idx === null || idx === undefined) return;
  const under = plot.posToVal(top, 'y');
  const { lines, marks, axis, theme } = drawing;
  const rows = lines
    .map((line, i) => ({ line, value: plot.data[3 * i + 1]?.[idx] ?? null, low: plot.data[3 * i + 2]?.[idx] ?? null, high: plot.data[3 * i + 3]?.[idx] ?? null }))
    .filter(({ value }) => value !== null)
    .sort((one, other) => Math.abs((one.value ?? 0) - under) - Math.abs((other.value ?? 0) - under));
  const happened = marks.filter((mark) => Math.abs(plot.valToPos(mark.x, 'x') - left) < NEAR).slice(0, 3);
  tooltip.replaceChildren(
    row(position(plot.data[0][idx] ?? 0, axis), '', null),
    ...rows.map(({ line, value, low, high }) => {
      const range = low !== null && high !== null && low < high ? `  ${figure(line.series, low)} … ${figure(line.series, high)}` : '';
      return row(lines.length > 1 ? line.label : '', figure(line.series, value) + range, colour(line.colour, theme));
    }),
    ...happened.map((mark) => row(mark.text, '', null)),
  );
  const room = plot.bbox.width / devicePixelRatio - left; // nothing is measured here, or every move would lay the page out
  tooltip.style.transform = room < ROOM ? `translate(${left - APART}px, ${APART}px) translateX(-100%)` : `translate(${left + APART}px, ${APART}px)`;
}
