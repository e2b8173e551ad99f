import { useMemo, useState } from 'preact/hooks';
import { HeatMap } from '../chart/HeatMap';
import { percent, whole } from '../format';
import { ProbeText, useProbeText } from '../parts/ProbeText';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { largest, moved, type Shift, shift, type Weights } from './headChange';

interface Heads {
  layers: number;
  heads: number;
  changes: number[];
}

interface Between {
  run: string;
  a: number;
  b: number;
}

const SHOWN = 8;

/** How much each head looks elsewhere on one text; one of them in full. */
export function HeadGrid(between: Between) {
  const { text, texts } = useProbeText();
  const { answer, busy, problem } = useAsk<Heads>('attention/change', { ...between, text });
  const strongest = answer === null ? 0 : answer.changes.indexOf(Math.max(...answer.changes));
  const all = answer?.changes.length ?? 0;
  const asked = Number(view.value.choice.layer ?? -1) * (answer?.heads ?? 0) + Number(view.value.choice.head ?? 0);
  const chosen = asked >= 0 && asked < all ? asked : strongest;
  return (
    <section class="card" aria-label="Heads">
      <h2>How much each head looks elsewhere {busy && <span class="soft">looking…</span>}</h2>
      <ProbeText text={text} texts={texts} />
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {answer !== null && (
        <>
          <div class="tensors" tabIndex={0}>
            {Array.from({ length: answer.layers }, (_, layer) => (
              <div key={layer} class="tensor-row">
                <span class="soft">layer {layer}</span>
                {answer.changes.slice(layer * answer.heads, (layer + 1) * answer.heads).map((change, head) => (
                  <button
                    key={head} type="button" class="cell" aria-pressed={layer * answer.heads + head === chosen} style={{ '--heat': `${100 * change}%` }}
                    aria-label={`Layer ${layer}, head ${head}: ${percent(change)} of its weight moved`} onClick={() => pick({ layer: String(layer), head: String(head) })}
                  >
                    {percent(change)}
                  </button>
                ))}
              </div>
            ))}
          </div>
          <Head {...between} text={text} layer={Math.floor(chosen / answer.heads)} head={chosen % answer.heads} />
        </>
      )}
    </section>
  );
}

/** One head before and after. */
function Head({ run, a, b, text, layer, head }: Between & { text: string; layer: number; head: number }) {
  const one = { run, text, layer, head };
  const before = useAsk<Weights>('attention/head', { ...one, step: a });
  const after = useAsk<Weights>(before.busy ? null : 'attention/head', { ...one, step: b });
  const problem = before.problem || after.problem;
  return (
    <>
      <h3 class="above">Layer {layer}, head {head} {(before.busy || after.busy) && <span class="soft">looking…</span>}</h3>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {before.answer !== null && after.answer !== null && before.answer.tokens.length === after.answer.tokens.length && (
        <Maps before={before.answer} after={after.answer} a={a} b={b} />
      )}
    </>
  );
}

/** The two maps, what lies between them, and where the head looks elsewhere most. */
function Maps({ before, after, a, b }: { before: Weights; after: Weights; a: number; b: number }) {
  const [place, setPlace] = useState<[number, number] | null>(null);
  const shifts = useMemo(() => largest(before, after, SHOWN), [before, after]);
  const stamp = useMemo(() => String(Math.random()), [before, after]);
  const { tokens } = before;
  const [from, to] = place ?? [shifts[0]?.from ?? 0, shifts[0]?.to ?? 0];
  const here = shift(before, after, Math.min(from, tokens.length - 1), Math.min(to, tokens.length - 1));
  const hover = (row: number | null, column: number | null) => row !== null && column !== null && column <= row && setPlace([row, column]);
  const keys = (event: KeyboardEvent) => {
    const next = moved(event.key, here.from, here.to, tokens.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setPlace(next);
  };
  const maps: [string, (row: number, column: number) => number][] = [
    [`after step ${whole(a)}`, (row, column) => (before.weights[row]?.[column] ?? 0) / 1000],
    [`after step ${whole(b)}`, (row, column) => (after.weights[row]?.[column] ?? 0) / 1000],
    ['difference', (row, column) => ((after.weights[row]?.[column] ?? 0) - (before.weights[row]?.[column] ?? 0)) / 1000],
  ];
  return (
    <div class="beside wide-right above">
      <div>
        <div class="heads" tabIndex={0} role="group" aria-label="Maps of the head; arrow keys go from weight to weight" onKeyDown={keys}>
          {maps.map(([name, weight]) => (
            <figure key={name}>
              <div class="over"><HeatMap size={tokens.length} stamp={`${stamp} ${name}`} label={`${name}; each row is a token, each column what it looks at`} weight={weight} onHover={hover} /><Mark here={here} tokens={tokens.length} /></div>
              <figcaption class="soft">{name}</figcaption>
            </figure>
          ))}
        </div>
        <p class="where" role="status"><Sentence each={here} tokens={tokens} /></p>
        <p class="soft">less <span class="ramp both" /> more than before</p>
      </div>
      {shifts.length === 0 ? <p class="soft">It looks where it looked.</p> : <Shifts shifts={shifts} tokens={tokens} choose={(each) => setPlace([each.from, each.to])} />}
    </div>
  );
}

/** Rings the weight that is spoken of. */
function Mark({ here, tokens }: { here: Shift; tokens: number }) {
  const share = 100 / tokens;
  return <span class="ring" aria-hidden="true" style={{ left: `${here.to * share}%`, top: `${here.from * share}%`, width: `${share}%`, height: `${share}%` }} />;
}

const word = (tokens: string[], i: number): string => tokens[i]?.trim() || '·';
const points = (thousandths: number): string => `${(thousandths / 10).toFixed(1)} %`;

function Sentence({ each, tokens }: { each: Shift; tokens: string[] }) {
  return <><b>{word(tokens, each.from)}</b> looks at <b>{word(tokens, each.to)}</b>: {points(each.before)} before, {points(each.after)} now</>;
}

function Shifts({ shifts, tokens, choose }: { shifts: Shift[]; tokens: string[]; choose: (each: Shift) => void }) {
  return (
    <div class="scroll" tabIndex={0}>
      <table>
        <thead><tr><th scope="col">Where it looks elsewhere most</th><th scope="col">before</th><th scope="col">now</th><th scope="col">difference</th></tr></thead>
        <tbody>{shifts.map((each) => (
          <tr key={`${each.from} ${each.to}`}>
            <th scope="row"><button type="button" class="plain" onClick={() => choose(each)}>{word(tokens, each.from)} → {word(tokens, each.to)}</button></th>
            <td>{points(each.before)}</td><td>{points(each.after)}</td><td>{each.after > each.before ? '+' : '−'}{points(Math.abs(each.after - each.before))}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
