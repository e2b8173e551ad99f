import type { ComponentChildren } from 'preact';
import { snapshot } from '../snapshot';

/** What asks for something to be computed anew: of no use in a copy, and switched off there. */
export function Anew({ children }: { children: ComponentChildren }) {
  return snapshot === null ? <>{children}</> : <fieldset class="anew" disabled aria-label="Not in a copy" title="Not in a copy">{children}</fieldset>;
}
