import type { Theme } from '../state/theme';

/**
 * Colours that people with any colour vision tell apart, darker on paper and lighter on slate; a test simulates how they are seen.
 * The first five lie farthest apart.
 */
export const COLOURS: Record<Theme, string[]> = {
  light: ['#024e8e', '#c23a0c', '#17967d', '#8e60b3', '#b58c01', '#2a9be0', '#783b0f', '#4a52d8', '#5d6e4a', '#4b4b4b'],
  dark: ['#66b2fd', '#ff8a4a', '#68edb5', '#cf80ae', '#f5d848', '#c6eefa', '#a58670', '#8a8cf6', '#84b879', '#b9b9b9'],
};

/** How many there are. */
export const COUNT = COLOURS.light.length;

export function colour(index: number, theme: Theme): string {
  const colours = COLOURS[theme];
  return colours[index % colours.length] as string;
}

/** Orange, the opposite of water for everybody's eyes. */
export const less = (theme: Theme): string => colour(1, theme);

/** From little to much, by lightness alone as well as by hue; what is much stands out from the sheet. */
const RAMPS: Record<Theme, string[]> = {
  light: ['#d8d3c6', '#a9bfc0', '#5f9fb5', '#1f6f96', '#0a3a63'],
  dark: ['#394047', '#3f6273', '#3f8aa8', '#79bfdf', '#e2f4ff'],
};

export const ramp = (theme: Theme): string[] => RAMPS[theme];

/** The colour of a share from 0 to 1. */
export function shade(share: number, theme: Theme): string {
  const stops = RAMPS[theme];
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const channel = (stop: number, place: number) => Number.parseInt((stops[stop] as string).slice(1 + 2 * place, 3 + 2 * place), 16);
  const mixed = [0, 1, 2].map((place) => Math.round(channel(low, place) + (at - low) * (channel(low + 1, place) - channel(low, place))));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Patterns of lines for a second dimension beside colour. */
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

export function dash(index: number): number[] {
  return DASHES[index % DASHES.length] as number[];
}
