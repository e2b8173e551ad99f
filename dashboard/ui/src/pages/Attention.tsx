import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { HeatMap } from '../chart/HeatMap';
import { fixed, percent } from '../format';
import { type Head, health } from '../health';
import { ProbeText, useProbeText } from '../parts/ProbeText';
import { NoCheckpoints, Scrub } from '../parts/Scrub';
import { useScrub } from '../state/checkpoints';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';

interface Answer {
  tokens: string[];
  tile: number;
  heads: Head[];
}

interface Weights {
  tokens: string[];
  weights: number[][]; // thousandths
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Where the heads of a checkpoint look in a text. */
export function Attention() {
  const { text, texts, kept } = useProbeText();
  const { steps, at, known } = useScrub(kept);
  const run = chosenRuns.value[0] ?? '';
  const layer = Number(view.value.choice.layer ?? 0);
  const head = Number(view.value.choice.head ?? 0);
  const all = useAsk<Answer>(at === null ? null : 'attention', { run, step: at, text });
  const one = useAsk<Weights>(at === null ? null : 'attention/head', { run, step: at, text, layer, head });
  if (at === null) return <NoCheckpoints known={known} then="this page shows where each head looks in a text" />;
  const chosen = all.answer?.heads.find((each) => each.layer === layer && each.head === head);
  return (
    <main>
      <div class="controls"><Scrub steps={steps} at={at} />{(all.busy || one.busy) && <span class="soft">looking…</span>}</div>
      <ProbeText text={text} texts={texts} />
      {(all.problem || one.problem) !== '' && <p class="problem" role="alert">{all.problem || one.problem}</p>}
      {one.answer !== null && (
        <Large weights={one.answer} heading={`Layer ${layer}, head ${head}`} {...(chosen === undefined ? {} : { chosen })}>
          {all.answer !== null && <Thumbnails answer={all.answer} layer={layer} head={head} />}
        </Large>
      )}
      {all.answer !== null && <Statistics heads={all.answer.heads} />}
    </main>
  );
}

/** One head: its weights as a square, and the text tinted by where a token looks. */
function Large({ weights, heading, chosen, children }: { weights: Weights; heading: string; chosen?: Head; children: ComponentChildren }) {
  const { tokens } = weights;
  const [token, setToken] = useState<number | null>(null);
  const it = tokens.findIndex((each) => each.trim() === 'it');
  const from = Math.min(token ?? (it < 0 ? tokens.length - 1 : it), tokens.length - 1);
  const stamp = useMemo(() => String(Math.random()), [weights]);
  const row = weights.weights[from] ?? [];
  return (
    <div class="beside large">
      <div class="stack">
      <section class="card" aria-label={heading}>
        <h2>{heading}</h2>
        {chosen !== undefined && (
          <p class="soft">
            entropy {fixed(chosen.entropyBits, 2)} bits, {fixed(chosen.distance, 1)} tokens back, {percent(chosen.previous)} on the token before, {percent(chosen.first)} on the first
            {chosen.idle && '; it does nothing here'}
          </p>
        )}
        <p class="reading">
          {tokens.map((each, i) => (
            <button
              key={i} type="button" class="token looked" aria-pressed={i === from} style={{ '--heat': `${Math.round(Math.sqrt((row[i] ?? 0) / 1000) * 100)}%` }}
              aria-label={`${each.trim() || 'space'}${i <= from ? `, ${((row[i] ?? 0) / 10).toFixed(1)} %` : ''}`}
              onMouseEnter={() => setToken(i)} onFocus={() => setToken(i)} onClick={() => setToken(i)}
            >
              {each}
            </button>
          ))}
        </p>
        <p class="soft">where <b>{tokens[from]?.trim() || 'the space'}</b> looks: {strongest(row, tokens)}</p>
      </section>
      {children}
      </div>
      <section class="card square" aria-label="All weights">
        <HeatMap
          size={tokens.length} stamp={stamp} label={`Weights of ${heading}; each row is a token, each column what it looks at`}
          weight={(position, seen) => (weights.weights[position]?.[seen] ?? 0) / 1000} onHover={(position) => position !== null && setToken(position)}
        />
      </section>
    </div>
  );
}

function strongest(row: number[], tokens: string[]): string {
  return row
    .map((weight, i): [number, string] => [weight, tokens[i]?.trim() || '·'])
    .sort(([one], [other]) => other - one)
    .slice(0, 4)
    .map(([weight, token]) => `${token} ${(weight / 10).toFixed(0)} %`)
    .join(', ');
}

/** All heads, layer by layer. */
function Thumbnails({ answer, layer, head }: { answer: Answer; layer: number; head: number }) {
  const perLayer = Math.max(...answer.heads.map((each) => each.head)) + 1;
  return (
    <section class="card" aria-label="All heads">
      <h2>All heads <span class="soft">a row for each layer; {health(answer.heads)}</span></h2>
      <div class="thumbnails" style={{ gridTemplateColumns: `repeat(${perLayer}, minmax(0, 88px))` }}>
        {answer.heads.map((each) => <Thumbnail key={`${each.layer} ${each.head}`} each={each} tile={answer.tile} here={each.layer === layer && each.head === head} />)}
      </div>
    </section>
  );
}

function Thumbnail({ each, tile, here }: { each: Head; tile: number; here: boolean }) {
  const bytes = useMemo(() => decoded(each.thumbnail), [each.thumbnail]);
  const name = `Layer ${each.layer}, head ${each.head}`;
  return (
    <button
      type="button" class={each.idle ? 'thumbnail idle' : 'thumbnail'} aria-pressed={here}
      aria-label={`${name}: entropy ${fixed(each.entropyBits, 1)} bits, ${percent(each.previous)} on the token before, ${percent(each.first)} on the first`}
      onClick={() => pick({ layer: String(each.layer), head: String(each.head) })}
    >
      <HeatMap size={tile} stamp={each.thumbnail} label="" weight={(row, column) => (bytes[row * tile + column] ?? 0) / 255} />
    </button>
  );
}

/** Every head in numbers. */
function Statistics({ heads }: { heads: Head[] }) {
  return (
    <details class="card">
      <summary>Every head in numbers</summary>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Layer</th><th scope="col">head</th><th scope="col">entropy, bits</th><th scope="col">tokens back</th><th scope="col">on the token before</th><th scope="col">on the first token</th></tr></thead>
          <tbody>{heads.map((each) => (
            <tr key={`${each.layer} ${each.head}`}>
              <th scope="row">{each.layer}</th><td>{each.head}</td><td>{fixed(each.entropyBits, 2)}</td><td>{fixed(each.distance, 1)}</td><td>{percent(each.previous)}</td><td>{percent(each.first)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  );
}
