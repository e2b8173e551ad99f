import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { figure } from '../series';
import { saveDrawing, savePicture } from './export';
import { fillLegend, fillTooltip } from './hover';
import { type Line, through } from './lines';
import { align, type Drawing, options, position } from './options';
import { colour } from './palette';

interface Props extends Drawing {
  heading: string;
  tables: { name: string; address: string }[];
}

const ROWS = 8;

/** Lines with the range of all that is under each of their points; hover, brush, pin and double click are those of every chart. */
export function Chart(props: Props) {
  const hidden = useSignal<string[]>([]);
  const frame = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const tooltip = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const shown: Drawing = { ...props, lines: props.lines.filter((line) => !hidden.value.includes(line.key)) };
  const newest = useRef(shown);
  newest.current = shown;
  const none = shown.lines.every((line) => line.points.x.length === 0);
  const empty = shown.lines.every((line) => through(line).every((figure) => figure === null));
  const shape = [props.theme, empty, props.axis, props.logX, props.logY, props.height, ...shown.lines.map((line) => `${line.key} ${line.colour} ${line.points.x.length === 1}`)].join('\n');
  useEffect(() => {
    const element = frame.current;
    if (element === null || empty) return undefined;
    const hover = (plot: uPlot) => {
      fillLegend(legend.current, plot, newest.current);
      fillTooltip(tooltip.current, plot, newest.current);
    };
    const plot = new uPlot(options(newest.current, () => newest.current, element.clientWidth, hover), align(newest.current.lines) as uPlot.AlignedData, element);
    if (tooltip.current !== null) plot.over.append(tooltip.current);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: newest.current.height }));
    resize.observe(element);
    drawn.current = plot;
    return () => {
      resize.disconnect();
      if (tooltip.current !== null) element.after(tooltip.current);
      plot.destroy();
      drawn.current = null;
    };
  }, [shape]);
  useEffect(() => {
    drawn.current?.setData(align(shown.lines) as uPlot.AlignedData);
    fillLegend(legend.current, drawn.current, shown);
  }, [props.lines, props.marks, props.outliers, props.pin, hidden.value]);
  const toggle = (key: string, alone: boolean) => {
    const others = props.lines.map((line) => line.key).filter((each) => each !== key);
    const solo = others.every((each) => hidden.value.includes(each)) && !hidden.value.includes(key);
    if (alone) hidden.value = solo ? [] : others;
    else hidden.value = hidden.value.includes(key) ? hidden.value.filter((each) => each !== key) : [...hidden.value, key];
  };
  return (
    <figure class="card chart" aria-label={props.heading}>
      <figcaption>
        <h3>{props.heading}</h3>
        <ul class="legend" ref={legend}>{props.lines.map((line) => <LegendLine key={line.key} line={line} props={props} off={hidden.value.includes(line.key)} toggle={toggle} />)}</ul>
        <div class="exports">
          {props.tables.map((table) => <a key={table.address} href={table.address} download aria-label={`CSV of every figure: ${props.heading}, ${table.name}`}>CSV</a>)}
          <button type="button" aria-label={`PNG of ${props.heading}`} onClick={() => savePicture(drawn.current, props.heading)}>PNG</button>
          <button type="button" aria-label={`SVG of ${props.heading}`} onClick={() => void saveDrawing(drawn.current, props.heading, shown.lines, props.theme)}>SVG</button>
        </div>
      </figcaption>
      <div class="plot" ref={frame} style={{ minHeight: `${props.height}px` }}>{empty && <p class="nothing">{none ? 'Nothing yet' : 'Not a number, in every step'}</p>}</div>
      <div class="tooltip" ref={tooltip} hidden aria-hidden="true" />
      <FigureTable {...props} />
    </figure>
  );
}

function LegendLine({ line, props, off, toggle }: { line: Line; props: Props; off: boolean; toggle: (key: string, alone: boolean) => void }) {
  const newestValue = figure(line.series, line.points.value.findLast((value) => value !== null));
  const dot = <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill={colour(line.colour, props.theme)} /></svg>;
  if (props.lines.length === 1) return <li>{dot}<b data-key={line.key}>{newestValue}</b></li>;
  return (
    <li>
      <button type="button" aria-pressed={!off} title="Alt-click: this one alone" onClick={(event) => toggle(line.key, event.altKey)}>
        {dot}<span>{line.label}</span> <b data-key={line.key}>{newestValue}</b>
      </button>
    </li>
  );
}

/** A few of the figures, for whoever cannot see the chart. */
function FigureTable({ heading, lines, axis }: Props) {
  return (
    <div class="unseen"><table>
      <caption>{heading}</caption>
      <thead><tr><th scope="col">Line</th><th scope="col">Position</th><th scope="col">Figure</th><th scope="col">Smallest</th><th scope="col">Largest</th></tr></thead>
      <tbody>{lines.flatMap((line) => sampled(line).map((i) => (
        <tr key={`${line.key} ${i}`}>
          <th scope="row">{line.label}</th><td>{position(line.points.x[i] ?? 0, axis)}</td>
          <td>{figure(line.series, line.points.value[i])}</td><td>{figure(line.series, line.points.min[i])}</td><td>{figure(line.series, line.points.max[i])}</td>
        </tr>
      )))}</tbody>
    </table></div>
  );
}

/** Places of the first, the last and some between. */
function sampled({ points }: Line): number[] {
  const last = points.x.length - 1;
  const places = Array.from({ length: ROWS }, (_, i) => Math.round((i * last) / (ROWS - 1)));
  return last < 0 ? [] : [...new Set(places)];
}
