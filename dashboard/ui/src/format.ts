/** Numbers and times as people read them. */

const NOTHING = '–';

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** With so many digits after the point. */
export function fixed(value: unknown, digits: number): string {
  const n = number(value);
  return n === null ? NOTHING : n.toFixed(digits);
}

/** 1234567 → 1.23 M. */
export function short(value: unknown): string {
  const n = number(value);
  if (n === null) return NOTHING;
  const size = Math.abs(n);
  if (size >= 1e15) return n.toExponential(2);
  for (const [unit, name] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const) {
    if (size >= unit) return `${(n / unit).toPrecision(3)} ${name}`;
  }
  if (size === 0 || size >= 100) return n.toFixed(0);
  return size >= 1e-3 ? n.toPrecision(3) : n.toExponential(2);
}

export function whole(value: unknown): string {
  const n = number(value);
  return n === null ? NOTHING : Math.round(n).toLocaleString('en-GB').replaceAll(',', '\u2009');
}

export function percent(value: unknown): string {
  const n = number(value);
  return n === null ? NOTHING : `${(100 * n).toFixed(1)} %`;
}

/** Two units at most: 1 d 3 h, 4 min 10 s, 850 ms; years as 20.5 y. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return NOTHING;
  const sign = milliseconds < 0 ? '−' : '';
  const ms = Math.abs(milliseconds);
  if (ms < 10) return `${sign}${ms === 0 ? '0' : ms.toPrecision(2)} ms`;
  if (ms < 1000) return `${sign}${Math.round(ms)} ms`;
  if (ms < 10_000) return `${sign}${(ms / 1000).toPrecision(3)} s`;
  const s = Math.round(ms / 1000);
  if (s < 60) return `${sign}${s} s`;
  if (s < 3600) return `${sign}${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${sign}${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  if (s < 2 * 31_557_600) return `${sign}${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
  return `${sign}${(s / 31_557_600).toFixed(1)} y`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** With an exponent that thousands step through: 3.15e23 → 315.0 · 10²¹. */
export function powers(value: unknown): string {
  const n = number(value);
  if (n === null) return NOTHING;
  const exponent = 3 * Math.floor(Math.log10(Math.abs(n)) / 3);
  if (!(exponent > 3)) return short(n);
  return `${(n / 10 ** exponent).toPrecision(4)} · 10${[...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** 84876053 → 84.9 MB. */
export function bytes(value: unknown): string {
  const n = number(value);
  return n === null ? NOTHING : n < 1000 ? `${Math.round(n)} B` : `${short(n).replace(' k', ' kB').replace(/ ([MGT])$/, ' $1B')}`;
}

/** Without zeros that say nothing: 1.00 k → 1 k. */
export function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}
