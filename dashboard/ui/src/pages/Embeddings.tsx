import { useMemo, useState } from 'preact/hooks';
import { colour } from '../chart/palette';
import { PointMap } from '../chart/PointMap';
import { fixed } from '../format';
import { NoCheckpoints, Scrub } from '../parts/Scrub';
import { useScrub } from '../state/checkpoints';
import { chosenRuns } from '../state/runs';
import { theme } from '../state/theme';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import type { Neighbour, TokenMap } from './Moved';

type Answer = { neighbours: Neighbour[] };

/** Places along a row of tints, from frequent to rare. */
const RANKS = 6;

function tints(map: TokenMap, by: string): string[] {
  const at = theme.value;
  if (by === 'rank') return map.ids.map((_, i) => colour([0, 5, 2, 4, 1, 9][Math.floor((RANKS * i) / map.ids.length)] ?? 9, at));
  const scripts = [...new Set(map.scripts)].sort((one, other) => count(map, other) - count(map, one));
  return map.scripts.map((script) => colour(Math.min(9, scripts.indexOf(script)), at));
}

const count = (map: TokenMap, script: string) => map.scripts.filter((each) => each === script).length;

/** The tokens of the vocabulary as a map, with their neighbours. */
export function Embeddings() {
  const { steps, at, known } = useScrub();
  const run = chosenRuns.value[0] ?? '';
  const { kind = 'principal', by = 'script', word = '' } = view.value.choice;
  const map = useAsk<TokenMap>(at === null ? null : 'embedding/map', { run, step: at, kind });
  const near = useAsk<Answer>(at === null || word === '' ? null : 'embedding/near', { run, step: at, word });
  const points = map.answer;
  const colours = useMemo(() => (points === null ? [] : tints(points, by)), [points, by, theme.value]);
  const places = useMemo(() => new Map((points?.ids ?? []).map((id, i) => [id, i])), [points]);
  if (at === null) return <NoCheckpoints known={known} />;
  const found = word === '' ? null : near.answer;
  const chosen = points === null || word === '' ? null : points.texts.findIndex((text) => text.trim() === word.trim());
  return (
    <main>
      <div class="controls">
        <Scrub steps={steps} at={at} />
        <select aria-label="Kind of map" value={kind} onChange={(event) => pick({ kind: event.currentTarget.value })}>
          <option value="principal">all tokens, principal components</option>
          <option value="neighbours">3 000 most frequent, by neighbours</option>
        </select>
        <select aria-label="Colour" value={by} onChange={(event) => pick({ by: event.currentTarget.value })}>
          <option value="script">coloured by script</option>
          <option value="rank">coloured by frequency</option>
        </select>
        {map.busy && <span class="soft">laying out…</span>}
      </div>
      {map.problem !== '' && <p class="problem" role="alert">{map.problem}</p>}
      <div class="beside">
        <section class="card square" aria-label="Map">
          {points !== null && (
            <PointMap
              x={points.x} y={points.y} colours={colours} labels={points.texts.map((text) => text.trim())} stamp={`${run} ${at} ${kind} ${points.ids.length}`}
              chosen={chosen === -1 ? null : chosen} near={(found?.neighbours ?? []).flatMap((each) => places.get(each.id) ?? [])}
              onChoose={(index) => pick({ word: points.texts[index]?.trim() ?? '' })} label={`Map of ${points.ids.length} tokens; plus and minus zoom`}
            />
          )}
          <p class="soft">drag to move, turn the wheel to zoom, click a token for its neighbours</p>
        </section>
        <div class="stack">
          <section class="card" aria-label="Neighbours">
            <Word label="Search a token" value={word} choose={(text) => pick({ word: text })} />
            {near.problem !== '' && word !== '' && <p class="soft" role="status">{near.problem}</p>}
            {found !== null && <Neighbours neighbours={found.neighbours} />}
          </section>
          <Analogy run={run} at={at} />
        </div>
      </div>
    </main>
  );
}

function Word({ label, value, choose }: { label: string; value: string; choose: (text: string) => void }) {
  return <input type="search" placeholder={label} aria-label={label} value={value} onChange={(event) => choose(event.currentTarget.value)} />;
}

function Neighbours({ neighbours }: { neighbours: Neighbour[] }) {
  return (
    <table>
      <thead><tr><th scope="col">Nearest</th><th scope="col" class="bar" aria-label="Cosine, as a bar" /><th scope="col">cosine</th></tr></thead>
      <tbody>{neighbours.slice(0, 12).map((each) => (
        <tr key={each.id}>
          <th scope="row"><button type="button" class="plain" onClick={() => pick({ word: each.text.trim() })}>{each.text.trim() || '·'}</button></th>
          <td class="bar"><meter min={0} max={1} value={Math.max(0, each.cosine)} aria-hidden="true" /></td><td>{fixed(each.cosine, 3)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

/** What is to c as b is to a. */
function Analogy({ run, at }: { run: string; at: number }) {
  const [words, setWords] = useState({ a: 'man', b: 'king', c: 'woman' });
  const [asked, setAsked] = useState<typeof words | null>(null);
  const { answer, problem, busy } = useAsk<Answer>(asked === null ? null : 'embedding/analogy', { run, step: at, ...asked });
  const field = (name: 'a' | 'b' | 'c') => <input aria-label={`Word ${name}`} size={8} value={words[name]} onInput={(event) => setWords({ ...words, [name]: event.currentTarget.value })} />;
  return (
    <section class="card" aria-label="Analogy">
      <h2>Analogy</h2>
      <form
        class="analogy" onSubmit={(event) => {
          event.preventDefault();
          setAsked(words);
        }}
      >
        {field('b')} − {field('a')} + {field('c')} <button type="submit">=</button>
      </form>
      {busy && <p class="soft">looking…</p>}
      {problem !== '' && <p class="soft" role="status">{problem}</p>}
      {answer !== null && problem === '' && <Neighbours neighbours={answer.neighbours.slice(0, 5)} />}
    </section>
  );
}
