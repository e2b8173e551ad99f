import { colour, ramp, shade } from '../chart/palette';
import { short } from '../format';
import type { Theme } from '../state/theme';

/** What the colours of a map mean: names, or a ramp with what stands at its ends. */
export type Legend = { names: [string, string][] } | { stops: string[]; low: string; high: string };

export interface Tints {
  colours: string[];
  legend: Legend;
}

const NAMED = 8;

/** A colour for each of the most common names; the rest share one. */
export function byName(names: string[], theme: Theme): Tints {
  const counts = new Map<string, number>();
  names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  const common = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  const place = new Map(common.map((name, i) => [name, Math.min(NAMED, i)]));
  const tint = (at: number) => colour(at === NAMED ? 9 : at, theme);
  const legend = common.slice(0, NAMED).map((name, i): [string, string] => [`${name} ${counts.get(name)}`, tint(i)]);
  const others = common.slice(NAMED).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  if (others > 0) legend.push([`others ${others}`, tint(NAMED)]);
  return { colours: names.map((name) => tint(place.get(name) ?? NAMED)), legend: { names: legend } };
}

/** Light for the first, dark for the last. */
export function byRank(count: number, theme: Theme): Tints {
  return { colours: Array.from({ length: count }, (_, i) => shade(1 - i / Math.max(1, count - 1), theme)), legend: { stops: ramp(theme), low: 'last in the vocabulary', high: 'first' } };
}

/** By how often a token came, on a logarithmic scale. */
export function byCount(counts: number[], theme: Theme): Tints {
  const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
  return { colours: counts.map((count) => shade(Math.log1p(count) / Math.log1p(most), theme)), legend: { stops: ramp(theme), low: 'never', high: `${short(most)} times` } };
}

/** By how much it changed: the hundredth that changed most is all of one colour. */
export function byChange(changes: number[], theme: Theme): Tints {
  const sorted = Float64Array.from(changes).sort();
  const most = sorted[Math.floor(0.99 * (sorted.length - 1))] || 1e-9;
  return { colours: changes.map((change) => shade(change / most, theme)), legend: { stops: ramp(theme), low: 'stayed', high: `moved by ${short(most)} or more` } };
}

/** Tokens that begin with what was typed, and then those that have it elsewhere; their places, each text once. */
export function matching(texts: string[], typed: string, most: number): number[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const begin: number[] = [];
  const within: number[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < texts.length && begin.length < most; i++) {
    const text = (texts[i] ?? '').trim().toLowerCase();
    const at = text.indexOf(wanted);
    if (at < 0 || seen.has(text)) continue;
    seen.add(text);
    (at === 0 ? begin : within).push(i);
  }
  return [...begin, ...within].slice(0, most);
}
