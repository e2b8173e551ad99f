import { signal } from '@preact/signals';
import * as api from '../api';
import type { Overview } from '../api';
import { snapshot } from '../snapshot';

/** How the run is doing, as last heard. */
export const overview = signal<Overview | null>(null);
/** Whether the server tells us what happens; null before it is known. */
export const connected = signal<boolean | null>(null);
export const paused = signal(false);
/** This clock, set by that of the server; it moves every second. */
export const now = signal(Date.now());
/** Grows when there is something new to draw; at most once a second, and not while paused or out of sight. */
export const revision = signal(0);

const BEAT_MILLIS = 1000;

/** What was so when a snapshot was taken, at that time for ever. */
async function recall(taken: string): Promise<void> {
  document.documentElement.dataset.copy = '';
  now.value = Date.parse(taken);
  overview.value = await api.overview();
  revision.value = overview.value.revision;
}

/** Listens for as long as the page lives. A connection that is lost is made anew by the browser, and told the newest state. */
export function listen(): void {
  if (snapshot !== null) {
    recall(snapshot.taken).catch(console.error);
    return;
  }
  let skew = 0;
  const beat = () => {
    now.value = Date.now() + skew;
    if (!paused.value && !document.hidden) revision.value = overview.value?.revision ?? 0;
  };
  const hear = (heard: Overview) => {
    const first = overview.value === null;
    overview.value = heard;
    if (first) beat();
  };
  api
    .overview()
    .then((answer) => {
      skew = answer.now === undefined ? 0 : Date.parse(answer.now) - Date.now();
      hear(answer);
    })
    .catch(() => {
      connected.value = false; // the stream tries again, and shows that it does
    });
  const stream = new EventSource('/api/live');
  stream.onopen = () => (connected.value = true);
  stream.onerror = () => (connected.value = false);
  stream.addEventListener('state', (message) => hear(JSON.parse((message as MessageEvent<string>).data) as Overview));
  setInterval(beat, BEAT_MILLIS);
  document.addEventListener('visibilitychange', beat);
}
