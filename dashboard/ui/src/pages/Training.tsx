import { useSignal, useSignalEffect } from '@preact/signals';
import * as api from '../api';
import { SeriesChart } from '../chart/SeriesChart';
import { Controls } from '../parts/Controls';
import { DuckDb } from '../parts/DuckDb';
import { Runs } from '../parts/Runs';
import { groups, sections, title } from '../series';
import { useHappened } from '../state/happened';
import { revision } from '../state/live';
import { chosenRuns } from '../state/runs';
import { view } from '../state/view';

export function Training() {
  const names = useSignal<string[]>([]);
  const happened = useHappened().value;
  useSignalEffect(() => {
    if (revision.value === 0) return;
    const every = chosenRuns.value.map((run) => api.seriesNames(run));
    Promise.all(every).then((all) => (names.value = [...new Set(all.flat())]), console.error);
  });
  const wanted = view.value.search.toLowerCase();
  const charts = groups(names.value);
  const found = [...charts.keys()].filter((key) => `${key} ${title(key)}`.toLowerCase().includes(wanted));
  return (
    <main>
      <Controls><DuckDb about="Steps" path="sql" query={{ run: chosenRuns.value[0] ?? '' }} /></Controls>
      <Runs />
      {found.length === 0 && <p class="nothing">{names.value.length === 0 ? 'No step has been made yet.' : 'No series has that in its name.'}</p>}
      {sections(found).map(([heading, keys]) => (
        <section key={heading} aria-label={heading}>
          <h2 class="section">{heading}</h2>
          <div class="charts">
            {keys.map((key) => {
              const members = charts.get(key) ?? [];
              return <SeriesChart key={`${key}\n${members.join('\n')}`} name={key} series={members} happened={happened} />;
            })}
          </div>
        </section>
      ))}
    </main>
  );
}
