import { useEffect, useRef } from 'preact/hooks';
import type { TokenMap } from '../pages/Moved';
import { theme } from '../state/theme';
import { prepared, property } from './canvas';
import { colour } from './palette';
import { fitting, toScreen } from './plane';

const LABELLED = 12;

/** All tokens of a checkpoint as a cloud, and where some of them were before. */
export function TrailMap({ before, after, marked }: { before: TokenMap; after: TokenMap; marked: number[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const { context, width, height } = prepared(canvas.current);
    const plane = fitting(after.x, after.y, width, height);
    context.fillStyle = property('--line');
    after.x.forEach((x, i) => {
      const [sx, sy] = toScreen(plane, x, after.y[i] ?? 0);
      context.fillRect(sx, sy, 1.5, 1.5);
    });
    const places = new Map(after.ids.map((id, i) => [id, i]));
    context.strokeStyle = colour(0, theme.value);
    context.fillStyle = colour(0, theme.value);
    context.font = '11px system-ui, sans-serif';
    marked.forEach((id, rank) => {
      const i = places.get(id);
      if (i === undefined) return;
      const [fx, fy] = toScreen(plane, before.x[i] ?? 0, before.y[i] ?? 0);
      const [tx, ty] = toScreen(plane, after.x[i] ?? 0, after.y[i] ?? 0);
      context.globalAlpha = 0.5;
      context.beginPath();
      context.moveTo(fx, fy);
      context.lineTo(tx, ty);
      context.stroke();
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(tx, ty, 2.5, 0, 2 * Math.PI);
      context.fill();
      if (rank < LABELLED) context.fillText((after.texts[i] ?? '').trim(), tx + 5, ty - 3);
    });
  }, [before, after, marked.join(), theme.value]);
  return <canvas ref={canvas} class="map trail" role="img" aria-label="Where the tokens that moved most came from, on the map of the later checkpoint" />;
}
