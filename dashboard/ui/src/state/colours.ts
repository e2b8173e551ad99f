import { computed, signal } from '@preact/signals';
import { COUNT } from '../chart/palette';
import { runs } from './runs';

const KEY = 'alluvium.colours';

/** Places in the palette that people have chosen, by the names of runs; kept in this browser. */
const chosen = signal<Record<string, number>>(kept());

function kept(): Record<string, number> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return Object.fromEntries(Object.entries(read as object).filter(([, place]) => Number.isInteger(place) && place >= 0 && place < COUNT));
  } catch {
    return {}; // somebody else's, or none
  }
}

/** A number that a name always has. */
const hash = (name: string): number => [...name].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);

/** A place in the palette for each run: the chosen one, else its own, or the next that is free while any is. */
export function places(names: string[], wanted: Record<string, number>): Map<string, number> {
  const taken = new Map<string, number>();
  for (const name of names) if (wanted[name] !== undefined) taken.set(name, wanted[name]);
  for (const name of names) {
    if (taken.has(name)) continue;
    const used = new Set(taken.values());
    const own = hash(name) % COUNT;
    const free = Array.from({ length: COUNT }, (_, i) => (own + i) % COUNT).find((place) => !used.has(place));
    taken.set(name, free ?? own);
  }
  return taken;
}

const all = computed(() => places(runs.value.map((run) => run.name), chosen.value));

/** A run's own place in the palette, whichever others are chosen. */
export const placeOf = (name: string): number => all.value.get(name) ?? 0;

/** Gives a run the next colour that no other run has. */
export function recolour(name: string): void {
  const used = new Set([...all.value].filter(([each]) => each !== name).map(([, place]) => place));
  const next = Array.from({ length: COUNT }, (_, i) => (placeOf(name) + 1 + i) % COUNT).find((place) => !used.has(place));
  chosen.value = { ...chosen.value, [name]: next ?? (placeOf(name) + 1) % COUNT };
  localStorage.setItem(KEY, JSON.stringify(chosen.value));
}
