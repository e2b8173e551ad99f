import { short, trimmed } from '../format';

/** Names that machines gave, as people read them: gopher_quality.too_short → gopher quality: too short. */
export const plain = (name: string): string => name.replaceAll('_', ' ').replaceAll('.', ': ');

/** Shares and amounts of a page on which nothing depends on their third digit. */
export const share = (part: number): string => `${Math.round(100 * part)}\u00a0%`;

export const few = (amount: number | null | undefined): string => trimmed(short(typeof amount === 'number' && Math.abs(amount) < 10 ? Number(amount.toPrecision(2)) : amount));
