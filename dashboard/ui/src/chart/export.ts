import type uPlot from 'uplot';
import type { Theme } from '../state/theme';
import type { Line } from './lines';

const MARGIN = 14;
const HEADING = 26;

/** Saves what a chart shows, with its heading and on its ground, as a PNG. */
export function savePicture(plot: uPlot | null, heading: string): void {
  if (plot === null) return;
  const source = plot.ctx.canvas;
  const scale = devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = source.width + 2 * MARGIN * scale;
  picture.height = source.height + (HEADING + 2 * MARGIN) * scale;
  const ctx = picture.getContext('2d') as CanvasRenderingContext2D;
  const style = getComputedStyle(document.documentElement);
  ctx.fillStyle = style.getPropertyValue('--sheet');
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.fillStyle = style.getPropertyValue('--ink');
  ctx.font = `600 ${13 * scale}px system-ui, sans-serif`;
  ctx.fillText(heading, MARGIN * scale, (MARGIN + 13) * scale);
  ctx.drawImage(source, MARGIN * scale, (MARGIN + HEADING) * scale);
  picture.toBlob((blob) => blob !== null && save(blob, `${heading}.png`));
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Saves the same as an SVG, whose lines and words can be edited. */
export async function saveDrawing(plot: uPlot | null, heading: string, lines: Line[], theme: Theme): Promise<void> {
  if (plot === null) return;
  const { svg } = await import('./svg'); // which few need
  save(new Blob([svg(plot, heading, lines, theme)], { type: 'image/svg+xml' }), `${heading}.svg`);
}
