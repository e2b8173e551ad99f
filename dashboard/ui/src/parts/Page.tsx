import { signal, useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { Overview } from '../pages/Overview';
import { Training } from '../pages/Training';
import { page, type Page as Name } from '../state/view';

/** Pages that are loaded when they are first looked at; the first two are there at once. */
const LATER: Partial<Record<Name, () => Promise<ComponentType>>> = {
  flow: async () => (await import('../pages/Flow')).Flow,
  lineage: async () => (await import('../pages/Lineage')).Lineage,
  estimate: async () => (await import('../pages/Estimate')).Estimate,
  embeddings: async () => (await import('../pages/Embeddings')).Embeddings,
  reading: async () => (await import('../pages/Reading')).Reading,
  attention: async () => (await import('../pages/Attention')).Attention,
  checkpoints: async () => (await import('../pages/Checkpoints')).Checkpoints,
};

const loaded = signal<Partial<Record<Name, ComponentType>>>({ overview: Overview, training: Training });
const problem = signal('');

async function load(name: Name): Promise<void> {
  const later = LATER[name];
  if (loaded.peek()[name] !== undefined || later === undefined) return;
  try {
    const component = await later();
    loaded.value = { ...loaded.peek(), [name]: component };
    problem.value = '';
  } catch (error) {
    problem.value = `The page cannot be loaded: ${String(error)}`;
  }
}

/** The page that the address names. */
export function Page() {
  useSignalEffect(() => void load(page.value));
  const Shown = loaded.value[page.value];
  return Shown === undefined ? <main><p class="nothing">{problem.value || 'Loading…'}</p></main> : <Shown />;
}
