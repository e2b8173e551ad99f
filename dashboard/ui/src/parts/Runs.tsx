import { colour } from '../chart/palette';
import { placeOf, recolour } from '../state/colours';
import { chosenRuns, differences, runs, toggleRun } from '../state/runs';
import { theme } from '../state/theme';
import { MOST_RUNS } from '../state/view';

/** Which runs are compared, and in what they differ. */
export function Runs() {
  if (runs.value.length < 2) return null;
  const chosen = chosenRuns.value;
  const compared = runs.value.filter((run) => chosen.includes(run.name));
  const differing = differences(compared);
  return (
    <section class="runs" aria-label="Runs">
      <div class="chips" role="group" aria-label={`Runs to compare, at most ${MOST_RUNS}`}>
        {runs.value.map(({ name }) => (
          <span key={name} class="chip" style={{ '--tint': colour(placeOf(name), theme.value) }}>
            <button type="button" class="dot" aria-label={`Another colour for ${name}`} title="Another colour" onClick={() => recolour(name)} />
            <button type="button" aria-pressed={chosen.includes(name)} title="Alt-click: this one alone" onClick={(event) => toggleRun(name, event.altKey)}>{name}</button>
          </span>
        ))}
      </div>
      {compared.length > 1 && (
        <details class="card">
          <summary>{differing.length === 0 ? 'No setting differs' : differing.length === 1 ? 'One setting differs' : `${differing.length} settings differ`}</summary>
          {differing.length > 0 && (
            <div class="scroll" tabIndex={0}>
              <table>
                <thead><tr><th scope="col">Setting</th>{compared.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>
                <tbody>{differing.map(([name, values]) => <tr key={name}><th scope="row"><code>{name}</code></th>{values.map((value, i) => <td key={compared[i]?.name}>{value}</td>)}</tr>)}</tbody>
              </table>
            </div>
          )}
        </details>
      )}
    </section>
  );
}
