import { useMemo, useRef } from 'preact/hooks';
import { PointMap } from '../chart/PointMap';
import { whole } from '../format';
import { NoCheckpoints, Scrub } from '../parts/Scrub';
import { useScrub } from '../state/checkpoints';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { Analogy } from './Analogy';
import type { TokenMap } from './Moved';
import { type Answer, Neighbours } from './Neighbours';
import type { Legend as Meaning } from './tints';
import { TokenSearch } from './TokenSearch';
import { useTints } from './useTints';

const KINDS: Record<string, string> = {
  principal: 'Where tokens differ most: the two principal components of their embeddings.',
  neighbours: 'Who is near whom: the 3 000 most frequent are laid out by the forces of UMAP, each other token beside the three of them that it is nearest to.',
};

/** The tokens of the vocabulary as a map, with their neighbours. */
export function Embeddings() {
  const { steps, at, known } = useScrub();
  const run = chosenRuns.value[0] ?? '';
  const { kind = 'principal', by = 'script', word = '' } = view.value.choice;
  const onto = useReference(run, steps);
  const map = useAsk<TokenMap>(at === null ? null : 'embedding/map', { run, step: at, kind, onto: at === onto ? null : onto });
  const near = useAsk<Answer>(at === null || word === '' ? null : 'embedding/near', { run, step: at, word });
  const points = map.answer;
  const since = sinceOf(steps, at);
  const { colours, legend, note } = useTints(points, { run, at, by, since });
  const labels = useMemo(() => (points === null ? [] : points.texts.map((text) => text.trim())), [points]);
  const places = useMemo(() => new Map((points?.ids ?? []).map((id, i) => [id, i])), [points]);
  if (at === null) return <NoCheckpoints known={known} then="all tokens of the vocabulary are a map here" />;
  const found = word === '' ? null : near.answer;
  const chosen = labels.indexOf(word.trim());
  return (
    <main>
      <div class="controls">
        <Scrub steps={steps} at={at} />
        <select aria-label="Kind of map" value={kind} onChange={(event) => pick({ kind: event.currentTarget.value })}>
          <option value="principal">principal components</option>
          <option value="neighbours">by neighbours</option>
        </select>
        <select aria-label="Colour" value={by} onChange={(event) => pick({ by: event.currentTarget.value })}>
          <option value="script">coloured by script</option>
          <option value="frequency">coloured by frequency</option>
          <option value="change">coloured by change</option>
        </select>
        {by === 'change' && since !== undefined && (
          <select aria-label="Change since" value={since} onChange={(event) => pick({ since: event.currentTarget.value })}>
            {steps.filter((step) => step !== at).map((step) => <option key={step} value={step}>since step {whole(step)}</option>)}
          </select>
        )}
        {map.busy && <span class="soft">laying out…</span>}
      </div>
      {map.problem !== '' && <p class="problem" role="alert">{map.problem}</p>}
      <div class="beside">
        <section class="card square" aria-label="Map">
          <Legend legend={legend} note={note} />
          {points === null ? <div class="map" /> : (
            <PointMap
              x={points.x} y={points.y} colours={colours} labels={labels} stamp={`${run} ${kind} ${points.ids.length}`} chosen={word === '' || chosen < 0 ? null : chosen}
              near={(found?.neighbours ?? []).flatMap((each) => places.get(each.id) ?? [])} onChoose={(index) => pick({ word: labels[index] ?? '' })}
              label={`Map of ${points.ids.length} tokens; arrow keys go from token to token, Enter shows neighbours, plus and minus zoom`}
            />
          )}
          <p class="soft">{KINDS[kind]} Drag to move, turn the wheel to zoom, click a token for its neighbours.</p>
        </section>
        <div class="stack">
          <section class="card" aria-label="Neighbours">
            <TokenSearch texts={points?.texts ?? []} word={word} choose={(text) => pick({ word: text })} />
            {near.problem !== '' && word !== '' && <p class="soft" role="status">{near.problem}</p>}
            {word === '' && <p class="soft">The tokens nearest to one are listed here.</p>}
            {found !== null && <Neighbours neighbours={found.neighbours} />}
          </section>
          <Analogy run={run} at={at} />
        </div>
      </div>
    </main>
  );
}

/** The checkpoint onto whose map all others are laid, so that going through them moves what moved: the newest when the page was opened. */
function useReference(run: string, steps: number[]): number | null {
  const reference = useRef<{ run: string; step: number } | null>(null);
  const newest = steps.at(-1);
  const stale = reference.current?.run !== run || !steps.includes(reference.current.step);
  if (stale) reference.current = newest === undefined ? null : { run, step: newest };
  return reference.current?.step ?? null;
}

/** The checkpoint that change counts from: the one that was chosen, or the one before. */
function sinceOf(steps: number[], at: number | null): number | undefined {
  const chosen = Number(view.value.choice.since);
  if (chosen !== at && steps.includes(chosen)) return chosen;
  return at === null ? undefined : (steps[steps.indexOf(at) - 1] ?? steps.find((step) => step !== at));
}

function Legend({ legend, note }: { legend: Meaning; note: string }) {
  return (
    <ul class="keys-of" aria-label="Colours">
      {'names' in legend
        ? legend.names.map(([name, tint]) => <li key={name}><i style={{ '--tint': tint }} />{name}</li>)
        : <li>{legend.low} <span class="ramp" style={{ '--stops': legend.stops.join(',') }} /> {legend.high}</li>}
      {note !== '' && <li>{note}</li>}
    </ul>
  );
}
