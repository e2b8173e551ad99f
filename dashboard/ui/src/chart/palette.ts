import type { Theme } from '../state/theme';

/** Colours that people with any colour vision tell apart (after Okabe and Ito, 2008), darker on paper and lighter on slate. */
const COLOURS: Record<Theme, string[]> = {
  light: ['#0072b2', '#c8500a', '#00805c', '#b0578f', '#b07d00', '#2f93c8', '#7d5f33', '#6468c4', '#4f7a26', '#6f6f6f'],
  dark: ['#62b5e8', '#ff9a5c', '#45c9a0', '#e79cc6', '#efbb4a', '#a0d5f5', '#c9aa7a', '#a9adf2', '#9ccb68', '#bdbdbd'],
};

export function colour(index: number, theme: Theme): string {
  const colours = COLOURS[theme];
  return colours[index % colours.length] as string;
}

/** Orange, the opposite of water for everybody's eyes. */
export const less = (theme: Theme): string => colour(1, theme);

/** Patterns of lines for a second dimension beside colour. */
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

export function dash(index: number): number[] {
  return DASHES[index % DASHES.length] as number[];
}
