import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { Overview } from '../pages/Overview';
import { Training } from '../pages/Training';
import { page, type Page as Name } from '../state/view';

/** Pages that are loaded when they are first looked at; the first two are there at once. */
const LATER: Partial<Record<Name, () => Promise<ComponentType>>> = {
  checkpoints: async () => (await import('../pages/Checkpoints')).Checkpoints,
};

const loaded = new Map<Name, ComponentType>([['overview', Overview], ['training', Training]]);

/** The page that the address names. */
export function Page() {
  const arrived = useSignal(0);
  const failed = useSignal('');
  useSignalEffect(() => {
    const name = page.value;
    const later = LATER[name];
    failed.value = '';
    if (loaded.has(name) || later === undefined) return;
    later().then(
      (component) => {
        loaded.set(name, component);
        arrived.value += 1;
      },
      (error: unknown) => (failed.value = String(error)),
    );
  });
  const Shown = loaded.get(page.value);
  if (failed.value !== '') return <main><p class="nothing">The page cannot be loaded: {failed.value}</p></main>;
  return Shown === undefined || arrived.value < 0 ? <main><p class="nothing">Loading…</p></main> : <Shown />;
}
