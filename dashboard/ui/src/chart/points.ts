import { prepared, property } from './canvas';
import { type Plane, toScreen } from './plane';

export interface MapPoints {
  x: number[];
  y: number[];
  colours: string[]; // of each point
  labels: string[];
  chosen: number | null;
  near: number[]; // that the chosen one is shown with
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** With no more points than this in sight each has its name. */
const LABELS = 60;
const LINE = 13;

/** Draws all points that are in sight, and names those that matter. */
export function draw(canvas: HTMLCanvasElement, plane: Plane, points: MapPoints, hovered: number | null): void {
  const { context, width, height } = prepared(canvas);
  const dimmed = points.near.length > 0;
  const size = Math.min(5, Math.max(1.6, Math.sqrt(plane.scale) / 6));
  const seen: number[] = [];
  context.globalAlpha = dimmed ? 0.4 : 0.8;
  points.x.forEach((x, i) => {
    const [sx, sy] = toScreen(plane, x, points.y[i] ?? 0);
    if (sx < 0 || sy < 0 || sx > width || sy > height) return;
    context.fillStyle = points.colours[i] ?? '';
    context.fillRect(sx - size / 2, sy - size / 2, size, size);
    if (seen.length <= LABELS) seen.push(i);
  });
  context.globalAlpha = 1;
  const first = [hovered, points.chosen].filter((i) => i !== null);
  points.near.forEach((i) => dot(context, plane, points, i, 3));
  first.forEach((i) => dot(context, plane, points, i, 4));
  const others = dimmed ? points.near : seen.length <= LABELS ? seen : [];
  name(context, plane, points, width, first, others);
}

function dot(context: CanvasRenderingContext2D, plane: Plane, points: MapPoints, i: number, radius: number): void {
  const [sx, sy] = toScreen(plane, points.x[i] ?? 0, points.y[i] ?? 0);
  context.fillStyle = points.colours[i] ?? '';
  context.beginPath();
  context.arc(sx, sy, radius, 0, 2 * Math.PI);
  context.fill();
}

function name(context: CanvasRenderingContext2D, plane: Plane, points: MapPoints, width: number, first: number[], others: number[]): void {
  context.font = '11px system-ui, sans-serif';
  const boxOf = (i: number): Box => {
    const [sx, sy] = toScreen(plane, points.x[i] ?? 0, points.y[i] ?? 0);
    const length = context.measureText(points.labels[i] ?? '').width;
    const left = sx + 6 + length > width ? sx - 6 - length : sx + 6; // before the point where there is no room behind it
    return { left, top: sy - 4 - LINE, right: left + length, bottom: sy - 4 };
  };
  const wanted = [...new Set([...first, ...others])];
  const boxes = wanted.map(boxOf);
  clear(boxes).forEach((at) => {
    const i = wanted[at] as number;
    context.fillStyle = property(first.includes(i) ? '--ink' : '--ink-soft');
    context.fillText(points.labels[i] ?? '', boxes[at]?.left ?? 0, boxes[at]?.bottom ?? 0);
  });
}

/** Places of those boxes that lie over none before them. */
export function clear(boxes: Box[]): number[] {
  const taken: Box[] = [];
  return boxes.flatMap((box, i) => {
    if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) return [];
    taken.push(box);
    return [i];
  });
}
