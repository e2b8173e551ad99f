import { signal } from '@preact/signals';
import { choose, view, type Page } from './view';

export const helpShown = signal(false);

export const KEYS: [string, string][] = [
  ['g o', 'Overview'],
  ['g t', 'Training'],
  ['g c', 'Checkpoints'],
  ['/', 'Search series'],
  ['[  ]', 'Less, more smoothing'],
  ['Esc', 'Whole range'],
  ['?', 'This help'],
];

const GO: Record<string, Page> = { o: 'overview', t: 'training', c: 'checkpoints' };
const STEPS = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** The next weight on the way up or down. */
export function nextSmoothing(weight: number, up: boolean): number {
  const next = up ? STEPS.find((step) => step > weight) : STEPS.findLast((step) => step < weight);
  return next ?? weight;
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

export function listenForKeys(): void {
  let going = false;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      helpShown.value = false;
      if (inField(event.target)) (event.target as HTMLElement).blur();
      else choose({ from: null, to: null });
      return;
    }
    if (inField(event.target)) return;
    const page = going ? GO[event.key] : undefined;
    going = event.key === 'g' && !going;
    if (page !== undefined) choose({ page });
    else if (event.key === '?') helpShown.value = !helpShown.value;
    else if (event.key === '[' || event.key === ']') {
      choose({ smooth: nextSmoothing(view.value.smooth, event.key === ']') });
    } else if (event.key === '/') {
      event.preventDefault();
      choose({ page: 'training' });
      requestAnimationFrame(() => document.getElementById('search')?.focus());
    }
  });
}
