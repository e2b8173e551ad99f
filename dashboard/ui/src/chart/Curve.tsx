import uPlot from 'uplot';
import { useEffect, useRef } from 'preact/hooks';
import { short, trimmed } from '../format';
import { theme } from '../state/theme';
import { property } from './canvas';
import { colour } from './palette';

const HEIGHT = 260;

/** Measured points, a curve through them and its band, over a logarithmic axis of tokens. */
export function Curve({ data, label }: { data: uPlot.AlignedData; label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const stroke = property('--ink-soft');
    const axis = { stroke, font: '11px system-ui, sans-serif', ticks: { show: false }, grid: { stroke: property('--line'), width: 1 } };
    const line = colour(1, theme.value);
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: false, distr: 3 } },
        axes: [
          { ...axis, values: (_, xs) => xs.map((x) => (x === null ? '' : trimmed(short(x)))) },
          { ...axis, size: 50 },
        ],
        series: [
          {},
          { stroke: colour(0, theme.value), width: 0, points: { show: true, size: 5, fill: colour(0, theme.value) } },
          { stroke: line, width: 1.5, spanGaps: true, points: { show: false } },
          { stroke: 'transparent', spanGaps: true, points: { show: false } },
          { stroke: 'transparent', spanGaps: true, points: { show: false } },
        ],
        bands: [{ series: [4, 3], fill: `${line}33` }],
      },
      data,
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [data, theme.value]);
  return <div ref={frame} role="img" aria-label={label} />;
}
