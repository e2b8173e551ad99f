import { percent } from './format';

/** A head in a text, on average over its tokens; `AttentionView.Head` says what each figure is. */
export interface Head {
  layer: number;
  head: number;
  thumbnail: string;
  entropyBits: number;
  distance: number;
  previous: number;
  first: number;
  idle: boolean;
}

/** How many heads do nothing in this text, and how much all of them look at what says nothing. */
export function health(heads: Head[]): string {
  const idle = heads.filter((each) => each.idle).length;
  const sink = heads.reduce((sum, each) => sum + each.first, 0) / Math.max(1, heads.length);
  return `${idle === 0 ? 'every head is at work' : `${idle} of ${heads.length} are faint, as they do nothing here`}; ${percent(sink)} of their weight is on the first token`;
}
