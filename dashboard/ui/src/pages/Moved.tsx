import { fixed } from '../format';
import { useAsk } from '../state/useAsk';
import { TrailMap } from '../chart/TrailMap';

export interface Neighbour {
  id: number;
  text: string;
  cosine: number;
}

interface MovedToken {
  id: number;
  text: string;
  change: number;
  kept: number;
  before: Neighbour[];
  after: Neighbour[];
}

export interface TokenMap {
  ids: number[];
  texts: string[];
  scripts: string[];
  x: number[];
  y: number[];
}

const words = (neighbours: Neighbour[]) => neighbours.map((each) => each.text.trim() || '·').join(', ');

/** The tokens that moved most, with their neighbours before and after, and where they went. */
export function Moved({ run, a, b }: { run: string; a: number; b: number }) {
  const moved = useAsk<{ median: number; tokens: MovedToken[] }>('embedding/moved', { run, a, b });
  const before = useAsk<TokenMap>(moved.answer === null ? null : 'embedding/map', { run, step: a });
  const after = useAsk<TokenMap>(moved.answer === null ? null : 'embedding/map', { run, step: b, onto: a });
  const tokens = moved.answer?.tokens ?? [];
  return (
    <section class="card" aria-label="Tokens that moved">
      <h2>
        Tokens that moved most
        <span class="soft">{moved.busy ? 'looking…' : `1 − cosine of then and now; half of all tokens moved less than ${fixed(moved.answer?.median, 3)}`}</span>
      </h2>
      {moved.problem !== '' && <p class="problem" role="alert">{moved.problem}</p>}
      <div class="beside wide-right">
        <div class="scroll tall" tabIndex={0}>
          <table>
            <thead><tr><th scope="col">Token</th><th scope="col">moved</th><th scope="col">neighbours kept</th><th scope="col" class="left">neighbours before</th><th scope="col" class="left">neighbours after</th></tr></thead>
            <tbody>{tokens.map((each) => (
              <tr key={each.id}>
                <th scope="row"><code>{each.text.trim() || '·'}</code></th><td>{fixed(each.change, 3)}</td><td>{Math.round(100 * each.kept)} %</td>
                <td class="left">{words(each.before)}</td><td class="left">{words(each.after)}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
        {before.answer !== null && after.answer !== null && <TrailMap before={before.answer} after={after.answer} marked={tokens.map((each) => each.id)} />}
      </div>
    </section>
  );
}
