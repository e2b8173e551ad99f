import { useEffect, useRef, useState } from 'preact/hooks';

const MILLIS = 450;

interface Places {
  x: number[];
  y: number[];
}

/** Part of the way from some numbers to others. */
export const between = (from: number[], to: number[], share: number): number[] => to.map((value, i) => (from[i] ?? value) + share * (value - (from[i] ?? value)));

/** Slow at both ends. */
export const eased = (share: number): number => share * share * (3 - 2 * share);

/** Points on their way to new places, for people who like things to move; others are there at once, and so are other points. */
export function useMoving(x: number[], y: number[], stamp: string): Places {
  const shown = useRef({ x, y, stamp });
  const [, redraw] = useState(0);
  const moves = shown.current.stamp === stamp && shown.current.x.length === x.length && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!moves) shown.current = { x, y, stamp };
  useEffect(() => {
    if (!moves || shown.current.x === x) return undefined;
    const from = shown.current;
    const begin = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - begin) / MILLIS));
      shown.current = share === 1 ? { x, y, stamp } : { x: between(from.x, x, eased(share)), y: between(from.y, y, eased(share)), stamp };
      redraw((count) => count + 1);
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [x, y, stamp]);
  return shown.current;
}
