/** A plane that is moved and zoomed: position on the screen = offset + scale · point. */
export interface Plane {
  scale: number;
  offsetX: number;
  offsetY: number;
}

const ROOM = 0.94;

/** All points but the hundredth that lies farthest out on each side, in the middle. */
export function fitting(x: number[], y: number[], width: number, height: number): Plane {
  const range = (values: number[]): [number, number] => {
    const sorted = Float64Array.from(values).sort();
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
    return [at(0.01), at(0.99)];
  };
  const [left, right] = range(x);
  const [bottom, top] = range(y);
  const scale = ROOM * Math.min(width / (right - left || 1), height / (top - bottom || 1));
  return { scale, offsetX: width / 2 - (scale * (left + right)) / 2, offsetY: height / 2 + (scale * (bottom + top)) / 2 };
}

export const toScreen = (plane: Plane, x: number, y: number): [number, number] => [plane.offsetX + plane.scale * x, plane.offsetY - plane.scale * y];

/** The same, nearer or farther, with what is under a place of the screen staying there. */
export function zoomed(plane: Plane, factor: number, x: number, y: number): Plane {
  return { scale: plane.scale * factor, offsetX: x - (x - plane.offsetX) * factor, offsetY: y - (y - plane.offsetY) * factor };
}

/** The point that is nearest to a place of the screen, if one is near. */
export function nearest(plane: Plane, x: number[], y: number[], atX: number, atY: number, within: number): number | null {
  let best = within * within;
  let found: number | null = null;
  for (let i = 0; i < x.length; i++) {
    const dx = plane.offsetX + plane.scale * (x[i] as number) - atX;
    const dy = plane.offsetY - plane.scale * (y[i] as number) - atY;
    const squared = dx * dx + dy * dy;
    if (squared < best) {
      best = squared;
      found = i;
    }
  }
  return found;
}

/** The nearest point that lies in a direction of the screen, rather ahead than aside; null if none does. */
export function towards(x: number[], y: number[], from: number, direction: [number, number]): number | null {
  let best = Number.POSITIVE_INFINITY;
  let found: number | null = null;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] as number) - (x[from] as number);
    const dy = (y[from] as number) - (y[i] as number); // screens count downwards
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (ahead > 0 && aside <= ahead && ahead + aside < best) {
      best = ahead + aside;
      found = i;
    }
  }
  return found;
}
