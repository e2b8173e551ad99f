import { type Level, levelOf, type Marker, type Points, type RunSummary } from '../api';
import type { AxisName } from '../state/view';

/** A series of a run as it is drawn. */
export interface Line {
  key: string;
  label: string;
  series: string;
  colour: number; // a place in the palette
  dash: number;
  points: Points;
}

/** What comes with every step is noise around an average; all else, rare or planned, is drawn as it is. */
const NOISY = /^step\/(?!learningRate$)/;

/** The figures that a line goes through. */
export const through = ({ series, points }: Line): (number | null)[] => (NOISY.test(series) ? points.smooth : points.value);

/** Something that happened. */
export interface Mark {
  x: number;
  kind: string;
  text: string;
  level: Level;
}

/** How an axis that people choose is made of one that the server knows: position = factor · x − origin. */
export interface Scale {
  axis: 'step' | 'tokens' | 'time';
  factor: number;
  origin: number;
}

export function scaleOf(axis: AxisName, run: RunSummary | undefined): Scale {
  switch (axis) {
    case 'step':
    case 'tokens':
    case 'time':
      return { axis, factor: 1, origin: 0 };
    case 'flops':
      return { axis: 'tokens', factor: Number(run?.start?.flopsPerToken ?? 1), origin: 0 };
    case 'relative':
      return { axis: 'time', factor: 1, origin: Date.parse(String(run?.start?.time ?? 0)) };
  }
}

export function toAxis({ factor, origin }: Scale, x: number): number {
  return factor * x - origin;
}

export function fromAxis({ factor, origin }: Scale, position: number | null): number | null {
  return position === null ? null : (position + origin) / factor;
}

export function onScale(points: Points, scale: Scale): Points {
  return scale.factor === 1 && scale.origin === 0 ? points : { ...points, x: points.x.map((x) => toAxis(scale, x)) };
}

/** Where markers stand on an axis. */
export function marksOf(happened: Record<string, Marker[]>, scale: Scale): Mark[] {
  const at = (marker: Marker) => (scale.axis === 'time' ? Date.parse(marker.time) : marker[scale.axis]);
  return Object.entries(happened).flatMap(([kind, list]) => list.map((marker) => ({ kind, x: toAxis(scale, at(marker)), text: told(marker), level: levelOf(marker) })));
}

function told(marker: Marker): string {
  const words = [marker.message, marker.reason, marker.action].filter((each) => each !== undefined).map(String);
  return [named(marker), ...words].join(': ');
}

function named(marker: Marker): string {
  switch (marker.type) {
    case 'mixture':
      return 'mixture changes';
    case 'checkpoint':
      return `checkpoint after step ${marker.step}`;
    case 'takedown':
      return `goes on without what takedowns up to ${String(marker.through)} select`;
    default:
      return String(marker.rule ?? marker.type);
  }
}
