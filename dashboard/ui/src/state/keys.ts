import { signal } from '@preact/signals';
import { choose, type Page, pick, view } from './view';

export const helpShown = signal(false);

export const KEYS: [string, string][] = [
  ['g o', 'Overview'],
  ['g d', 'Flow of the data, also g f'],
  ['g t', 'Training'],
  ['g c', 'Checkpoints'],
  ['g e', 'Embeddings'],
  ['g i', 'Insight into attention, also g a'],
  ['g r', 'Reading glass'],
  ['g l', 'Lineage'],
  ['g s', 'Estimate'],
  ['/', 'Search'],
  ['j  k', 'Next, previous checkpoint'],
  ['[  ]', 'Less, more smoothing'],
  ['Esc', 'Whole range, no pin'],
  ['?', 'This help'],
];

const GO: Record<string, Page> = { o: 'overview', d: 'flow', f: 'flow', t: 'training', c: 'checkpoints', e: 'embeddings', i: 'attention', a: 'attention', r: 'reading', l: 'lineage', s: 'estimate' };
const STEPS = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** The one of them that is nearest to another weight. */
export const nearestSmoothing = (weight: number): number => STEPS.reduce((best, next) => (Math.abs(next - weight) < Math.abs(best - weight) ? next : best));

/** The next weight on the way up or down. */
export function nextSmoothing(weight: number, up: boolean): number {
  const next = up ? STEPS.find((step) => step > weight) : STEPS.findLast((step) => step < weight);
  return next ?? weight;
}

/** Steps of checkpoints that the page lets people go through, oldest first; none where it does not. */
export const scrubbed = signal<number[]>([]);

/** The checkpoint before or after the one that is looked at. */
export function scrub(forward: boolean): void {
  const steps = scrubbed.value;
  if (steps.length === 0) return;
  const at = steps.indexOf(Number(view.value.choice.at ?? steps.at(-1)));
  const next = steps[Math.min(steps.length - 1, Math.max(0, at + (forward ? 1 : -1)))];
  pick({ at: String(next) });
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

function search(): void {
  const field = () => document.querySelector<HTMLInputElement>('input[type=search]');
  if (field() === null) choose({ page: 'training' });
  requestAnimationFrame(() => field()?.focus());
}

function act(event: KeyboardEvent): void {
  switch (event.key) {
    case '?':
      helpShown.value = !helpShown.value;
      break;
    case '[':
    case ']':
      choose({ smooth: nextSmoothing(view.value.smooth, event.key === ']') });
      break;
    case 'j':
    case 'k':
      scrub(event.key === 'j');
      break;
    case 'ArrowRight':
    case 'ArrowLeft':
      if (scrubbed.value.length > 0) {
        event.preventDefault();
        scrub(event.key === 'ArrowRight');
      }
      break;
    case '/':
      event.preventDefault();
      search();
      break;
  }
}

export function listenForKeys(): void {
  let going = false;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') !== null) {
      if (event.key === '?') helpShown.value = false;
      return; // a dialog has the keys for itself, and closes itself by Escape
    }
    if (event.key === 'Escape') {
      if (inField(event.target)) (event.target as HTMLElement).blur();
      else choose({ from: null, to: null, pin: null });
      return;
    }
    if (inField(event.target)) return;
    const page = going ? GO[event.key] : undefined;
    going = event.key === 'g' && !going;
    if (page !== undefined) choose({ page });
    else act(event);
  });
}
