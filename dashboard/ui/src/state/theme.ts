import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEY = 'alluvium.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function chosen(): Theme | null {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : null;
}

/** What is shown: what was chosen, else what the system prefers. */
export const theme = signal<Theme>(chosen() ?? (system.matches ? 'dark' : 'light'));

export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, theme.value);
}

export function followTheme(): void {
  system.addEventListener('change', () => {
    if (chosen() === null) theme.value = system.matches ? 'dark' : 'light';
  });
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}
