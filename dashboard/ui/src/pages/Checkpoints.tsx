import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import type { Marker } from '../api';
import { duration, short, whole } from '../format';
import { now, revision } from '../state/live';
import { chosenRuns } from '../state/runs';

/** What is on disk of the run, newest first. */
export function Checkpoints() {
  const saved = useSignal<Marker[]>([]);
  useSignalEffect(() => {
    const run = chosenRuns.value[0];
    if (revision.value > 0 && run !== undefined) {
      api.markers(run, ['checkpoint']).then((all) => (saved.value = all.checkpoint ?? []), console.error);
    }
  });
  const deleted = new Set(saved.value.flatMap((marker) => (marker.deleted as string[] | undefined) ?? []));
  const kept = saved.value.filter((marker) => !deleted.has(String(marker.path))).reverse();
  if (kept.length === 0) return <main><p class="nothing">No checkpoint has been written yet.</p></main>;
  return (
    <main>
      <section class="card">
        <h3>Checkpoints</h3>
        <table>
          <thead>
            <tr><th scope="col">After step</th><th scope="col">kind</th><th scope="col">age</th><th scope="col">tokens</th><th scope="col">size</th><th scope="col">training stood still</th></tr>
          </thead>
          <tbody>
            {kept.map((marker) => (
              <tr key={marker.time}>
                <th scope="row">{whole(marker.step)}</th><td>{String(marker.kind)}</td><td>{duration(now.value - Date.parse(marker.time))}</td>
                <td>{short(marker.tokens)}</td><td>{short(marker.bytes)}B</td><td>{duration(Number(marker.stallMillis))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </main>
  );
}
