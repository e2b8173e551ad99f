import type uPlot from 'uplot';
import type { Theme } from '../state/theme';
import { property } from './canvas';
import type { Line } from './lines';
import { colour, dash } from './palette';

const HEADING = 28;
const MARGIN = 12;
const WIDEST = 200; // of a name in the legend

/** What an axis has drawn beside the plot: uPlot keeps it without declaring it. */
type Ticks = { _splits?: number[] | null; _values?: string[] | null };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A chart as an SVG: its lines with their ranges, its axes, its heading and its legend. */
export function svg(plot: uPlot, heading: string, lines: Line[], theme: Theme): string {
  const scale = devicePixelRatio;
  const [left, top, width, height] = [plot.bbox.left / scale, plot.bbox.top / scale, plot.bbox.width / scale, plot.bbox.height / scale];
  const [all, tall] = [plot.width + 2 * MARGIN, plot.height + HEADING + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${tall}" width="${all}" height="${tall}" font-family="system-ui, sans-serif" font-size="11">
<rect width="${all}" height="${tall}" fill="${property('--sheet')}"/>
<text x="${MARGIN}" y="${MARGIN + 13}" font-size="13" font-weight="600" fill="${property('--ink')}">${escaped(heading)}</text>
${lines.length > 1 ? legend(lines, theme, all) : ''}
<g transform="translate(${MARGIN + left} ${MARGIN + HEADING + top})">
<clipPath id="inside"><rect width="${width}" height="${height}"/></clipPath>
${ticks(plot, width, height)}
<g clip-path="url(#inside)" fill="none" stroke-width="1.5" stroke-linejoin="round">
${lines.map((line, i) => drawn(plot, line, i, theme)).join('\n')}
</g>
</g>
</svg>
`;
}

function legend(lines: Line[], theme: Theme, width: number): string {
  const apart = Math.min(WIDEST, (width * 0.7) / lines.length);
  return lines
    .map(({ label, colour: place }, i) => {
      const x = width - MARGIN - apart * (lines.length - i);
      return `<circle cx="${x}" cy="${MARGIN + 9}" r="4" fill="${colour(place, theme)}"/><text x="${x + 8}" y="${MARGIN + 13}" fill="${property('--ink-soft')}">${escaped(label)}</text>`;
    })
    .join('');
}

function ticks(plot: uPlot, width: number, height: number): string {
  const [xs, ys] = plot.axes as Ticks[];
  const each = ({ _splits, _values }: Ticks = {}, tick: (at: number, text: string) => string) =>
    (_splits ?? []).flatMap((at, i) => (_values?.[i] ? [tick(at, escaped(String(_values[i])))] : [])).join('');
  const ink = property('--ink-soft');
  return (
    each(xs, (at, text) => `<text x="${round(plot.valToPos(at, 'x'))}" y="${height + 18}" text-anchor="middle" fill="${ink}">${text}</text>`) +
    each(ys, (at, text) => {
      const y = round(plot.valToPos(at, 'y'));
      return `<path d="M0 ${y}H${width}" stroke="${property('--line')}"/><text x="-8" y="${y + 4}" text-anchor="end" fill="${ink}">${text}</text>`;
    })
  );
}

function drawn(plot: uPlot, line: Line, i: number, theme: Theme): string {
  const [average = [], low = [], high = []] = [1, 2, 3].map((column) => along(plot, 3 * i + column));
  const tint = colour(line.colour, theme);
  const band = high.length > 0 && low.length > 0 ? `<path d="M${high.join('L')}L${low.reverse().join('L')}Z" fill="${tint}" fill-opacity=".2"/>\n` : '';
  const pattern = dash(line.dash).length > 0 ? ` stroke-dasharray="${dash(line.dash).join(' ')}"` : '';
  return average.length === 0 ? band : `${band}<path d="M${average.join('L')}" stroke="${tint}"${pattern}/>`;
}

/** Places of a column's figures in the plot. */
function along(plot: uPlot, column: number): string[] {
  const figures = (plot.data[column] ?? []) as (number | null | undefined)[];
  return figures.flatMap((figure, i) => {
    const [x, y] = [plot.valToPos(plot.data[0][i] ?? Number.NaN, 'x'), figure === null || figure === undefined ? Number.NaN : plot.valToPos(figure, 'y')];
    return Number.isFinite(x) && Number.isFinite(y) ? [`${round(x)} ${round(y)}`] : [];
  });
}

const round = (place: number): number => Math.round(10 * place) / 10;
