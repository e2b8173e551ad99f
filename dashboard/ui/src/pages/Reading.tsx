import { useState } from 'preact/hooks';
import * as api from '../api';
import { fixed } from '../format';
import { Anew } from '../parts/Anew';
import { ProbeText, useProbeText } from '../parts/ProbeText';
import { NoCheckpoints, Scrub } from '../parts/Scrub';
import { useScrub } from '../state/checkpoints';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';

interface Candidate {
  id: number;
  text: string;
  probability: number;
}

interface Token {
  id: number;
  text: string;
  probability: number | null;
  rank: number;
  instead: Candidate[];
}

interface Answer {
  tokens: Token[];
  bitsPerByte: number;
  next: Candidate[];
  leftOut: number;
}

const MOST_BITS = 14; // as many as choosing one of 16 000 at random

/** How much a token surprised, from 0 to 1. */
export function surprise(probability: number | null): number {
  return probability === null ? 0 : Math.min(1, -Math.log2(Math.max(1e-12, probability)) / MOST_BITS);
}

const share = (probability: number) => (probability < 0.0005 ? '< 0.1 %' : `${(100 * probability).toFixed(1)} %`);

/** Spaces and line ends that can be seen. */
const visible = (text: string) => text.replace(/^ /, '\u00b7').replaceAll('\n', '\u23ce') || '\u2205';

/** A text as the model of a checkpoint reads it: how likely each token was, what else it could have been, and what comes next. */
export function Reading() {
  const { text, texts, kept } = useProbeText();
  const { steps, at, stored, known } = useScrub(kept);
  const run = chosenRuns.value[0] ?? '';
  const { answer, busy, problem } = useAsk<Answer>(at === null ? null : 'reading', { run, step: at, text });
  const [chosen, setChosen] = useState<number | null>(null);
  if (at === null) return <NoCheckpoints known={known} then="each token of a text is tinted here by how likely the model found it" />;
  const token = chosen === null ? undefined : answer?.tokens[chosen];
  return (
    <main>
      <div class="controls"><Scrub steps={steps} at={at} />{busy && <span class="soft">reading…</span>}</div>
      <ProbeText text={text} texts={texts} />
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {answer !== null && (
        <div class="beside">
          <section class="card" aria-label="Text">
            <h2>{fixed(answer.bitsPerByte, 3)} bits per byte</h2>
            <p class="reading">
              {answer.tokens.map((each, i) => (
                <button
                  key={i} type="button" class="token" aria-pressed={chosen === i} style={{ '--heat': `${Math.round(100 * surprise(each.probability))}%` }}
                  aria-label={each.probability === null ? visible(each.text) : `${visible(each.text)}, ${share(each.probability)}`}
                  onMouseEnter={() => setChosen(i)} onFocus={() => setChosen(i)} onClick={() => setChosen(i)}
                >
                  {each.text}
                </button>
              ))}
            </p>
            <p class="soft scale">expected <span class="ramp" /> surprising{answer.leftOut > 0 && `; ${answer.leftOut} more tokens are not read`}</p>
            {stored ? <Continue at={at} run={run} text={text} /> : <p class="soft">The checkpoint is gone; this is what was kept of it. It cannot go on with the text.</p>}
          </section>
          <section class="card" aria-label="Alternatives">
            {token === undefined || token.probability === null ? <Candidates heading="What comes next" candidates={answer.next} /> : (
              <Candidates heading={`“${visible(token.text)}” had ${share(token.probability)}, place ${token.rank}; the likeliest were`} candidates={token.instead} marked={token.id} />
            )}
          </section>
        </div>
      )}
    </main>
  );
}

function Candidates({ heading, candidates, marked }: { heading: string; candidates: Candidate[]; marked?: number }) {
  return (
    <>
      <h2>{heading}</h2>
      <table>
        <thead class="unseen"><tr><th scope="col">Token</th><th scope="col">Bar</th><th scope="col">Probability</th></tr></thead>
        <tbody>{candidates.map((each) => (
          <tr key={each.id} class={each.id === marked ? 'marked' : ''}>
            <th scope="row"><code>{visible(each.text)}</code></th>
            <td class="bar"><meter min={0} max={1} value={each.probability} aria-hidden="true" /></td>
            <td>{share(each.probability)}</td>
          </tr>
        ))}</tbody>
      </table>
    </>
  );
}

/** Lets the text go on, by one token or by some. */
function Continue({ at, run, text }: { at: number; run: string; text: string }) {
  const { choice } = view.value;
  const [state, setState] = useState('');
  const temperature = choice.temperature ?? '0.7';
  const topP = choice.topP ?? '0.95';
  const goOn = async (tokens: number) => {
    setState('writing…');
    try {
      const answer = await api.get<{ text: string; ended: boolean }>('continue', { run, step: at, text, tokens, temperature, topP, seed: text.length });
      setState(answer.ended ? 'the document ends here' : '');
      pick({ text: answer.text });
    } catch (error) {
      setState((error as Error).message);
    }
  };
  return (
    <div class="controls still">
      <label class="slider">Temperature <input type="range" min="0" max="2" step="0.05" value={temperature} onInput={(event) => pick({ temperature: event.currentTarget.value })} /><output>{temperature}</output></label>
      <label class="slider">Top-p <input type="range" min="0.05" max="1" step="0.05" value={topP} onInput={(event) => pick({ topP: event.currentTarget.value })} /><output>{topP}</output></label>
      <Anew>
        <button type="button" onClick={() => void goOn(1)}>Next token</button>
        <button type="button" onClick={() => void goOn(20)}>Next 20</button>
      </Anew>
      <span class="soft" role="status">{state}</span>
    </div>
  );
}
