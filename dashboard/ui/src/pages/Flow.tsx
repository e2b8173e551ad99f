import { useState } from 'preact/hooks';
import { bytes, duration, number, short, whole } from '../format';
import { bed, type Drop, type Funnel, type Stage, stages } from '../river';
import { now, overview } from '../state/live';
import { useAsk, usePoll } from '../state/useAsk';

interface Source {
  name: string;
  read: number;
  accepted: number;
  backlog: { splits: number; bytes: number; oldestMillis: number; paused: boolean } | null;
}

interface Commit {
  sequence: number;
  createdAt: string;
  shards: number;
  rows: number;
  tokens: number;
}

interface Flow {
  running: boolean;
  endOfInput: boolean;
  funnel: Funnel;
  tokens: number;
  shards: number;
  sources: Source[];
  rates: { recordsPerSecond: number; tokensPerSecond: number };
  freshness: { eventToCommit: { p50Millis: number; p99Millis: number } } | null;
  commits: Commit[];
}

const WIDTH = 1200;
const HEIGHT = 190;
const BEAT_MILLIS = 2000;

/** The way of documents from their sources into the model, and what left it where. */
export function Flow() {
  const { answer, problem } = usePoll<Flow | { absent: string }>('flow', BEAT_MILLIS); // the corpus may grow while the run does not
  const [reason, setReason] = useState<string | null>(null);
  if (answer === null) return <main><p class="nothing">{problem || 'Reading the corpus…'}</p></main>;
  if ('absent' in answer) return <main><p class="nothing">{answer.absent}</p></main>;
  const list = stages(answer.funnel);
  return (
    <main>
      <River list={list} flow={answer} reason={reason} choose={setReason} />
      {reason !== null && <Samples reason={reason} close={() => setReason(null)} />}
      <div class="charts wide">
        <Sources sources={answer.sources} />
        <Commits commits={answer.commits} />
      </div>
    </main>
  );
}

function River({ list, flow, reason, choose }: { list: Stage[]; flow: Flow; reason: string | null; choose: (reason: string) => void }) {
  const { main, sides } = bed(list, WIDTH, HEIGHT);
  const held = flow.sources.some((source) => source.backlog?.paused);
  const step = overview.value?.step;
  const lag = number(step?.lagSeconds);
  return (
    <section class="card river" aria-label="Flow">
      <h2>
        {flow.running ? 'Flowing' : flow.endOfInput ? 'All sources are read' : 'Nobody reads at present'}
        <span class="soft">{short(flow.rates.recordsPerSecond)} records/s and {short(flow.rates.tokensPerSecond)} tokens/s over the newest minute{held && '; a source waits, as there is enough ahead'}</span>
      </h2>
      <div class="scroll" tabIndex={0}>
        <div class="bed">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <path d={main} class={held ? 'water held' : 'water'} />
            {sides.map((side, i) => side !== '' && <path key={i} d={side} class="side" />)}
          </svg>
          <ol class="stages">
            {list.map((stage) => (
              <li key={stage.name}>
                <b>{whole(stage.records)}</b> <span>{stage.name}</span>
                <ul>{stage.drops.slice(0, 6).map((drop) => <li key={drop.reason}><DropButton drop={drop} chosen={drop.reason === reason} choose={choose} /></li>)}</ul>
              </li>
            ))}
          </ol>
        </div>
      </div>
      <dl class="figures">
        <div class="figure"><dt>In shards</dt><dd>{short(flow.tokens)} <small>tokens</small><p>{whole(flow.shards)} shards</p></dd></div>
        <div class="figure"><dt>Trained on</dt><dd>{short(step?.tokens)} <small>tokens</small><p>{whole(step?.tokensPerSecond)} tokens/s</p></dd></div>
        <div class="figure"><dt>Trainer is behind by</dt><dd>{short(step?.lagTokens)} <small>tokens</small><p>{duration(lag === null ? null : 1000 * lag)}</p></dd></div>
        <div class="figure"><dt>Event to shard</dt><dd>{duration(flow.freshness?.eventToCommit.p50Millis ?? null)} <small>half of them</small><p>{duration(flow.freshness?.eventToCommit.p99Millis ?? null)} for 99 %</p></dd></div>
        <div class="figure"><dt>Checkpoint</dt><dd>{overview.value?.checkpoint ? `step ${whole(overview.value.checkpoint.step)}` : '–'}<p>{overview.value?.checkpoint ? `${duration(now.value - Date.parse(String(overview.value.checkpoint.time)))} ago` : 'none yet'}</p></dd></div>
      </dl>
    </section>
  );
}

function DropButton({ drop, chosen, choose }: { drop: Drop; chosen: boolean; choose: (reason: string) => void }) {
  const words = `${drop.records < 10_000 ? whole(drop.records) : short(drop.records)} ${drop.reason.replaceAll('_', ' ')}`;
  return drop.samples ? <button type="button" class="small" aria-pressed={chosen} onClick={() => choose(drop.reason)}>{words}</button> : <span class="soft">{words}</span>;
}

interface Sample {
  source: string;
  origin: string;
  detail: string;
  text: string;
  command: string;
}

/** A few of what left the river for one reason. */
function Samples({ reason, close }: { reason: string; close: () => void }) {
  const { answer, busy, problem } = useAsk<{ samples: Sample[] }>('samples', { reason });
  return (
    <section class="card" aria-label={`Samples of ${reason}`}>
      <h2>{reason} <span class="soft">{busy ? 'reading…' : problem}</span> <button type="button" class="small" onClick={close}>Close</button></h2>
      {answer?.samples.length === 0 && <p class="soft">None of them is kept.</p>}
      {answer?.samples.map((sample, i) => (
        <article key={i} class="sample">
          <p class="soft">{sample.source}, {sample.origin}{sample.detail !== '' && `: ${sample.detail}`}</p>
          <p class="text">{sample.text}</p>
          {sample.command !== '' && <p><code>{sample.command}</code></p>}
        </article>
      ))}
    </section>
  );
}

function Sources({ sources }: { sources: Source[] }) {
  return (
    <section class="card" aria-label="Sources">
      <h2>Sources</h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Source</th><th scope="col">read</th><th scope="col">in shards</th><th scope="col">not read yet</th><th scope="col">oldest of it</th></tr></thead>
          <tbody>{sources.map((source) => (
            <tr key={source.name}>
              <th scope="row">{source.name}</th><td>{whole(source.read)}</td><td>{whole(source.accepted)}</td>
              <td>{source.backlog === null ? '–' : source.backlog.splits === 0 ? 'nothing' : `${bytes(source.backlog.bytes)} in ${whole(source.backlog.splits)}`}</td>
              <td>{source.backlog === null || source.backlog.splits === 0 ? '–' : duration(now.value - source.backlog.oldestMillis)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

const BARS = 120;

/** Commits as a row of bars, by their tokens. */
function Commits({ commits }: { commits: Commit[] }) {
  const shown = commits.slice(-BARS);
  const most = Math.max(1, ...shown.map((each) => each.tokens));
  const newest = shown.at(-1);
  return (
    <section class="card" aria-label="Commits">
      <h2>Commits <span class="soft">{newest === undefined ? 'none yet' : `the newest ${duration(now.value - Date.parse(newest.createdAt))} ago, ${short(newest.tokens)} tokens in ${whole(newest.rows)} documents`}</span></h2>
      <svg class="commits" viewBox={`0 0 ${BARS} 40`} preserveAspectRatio="none" role="img" aria-label={`Tokens of the newest ${shown.length} commits; at most ${short(most)}`}>
        {shown.map((each, i) => <rect key={each.sequence} x={BARS - shown.length + i + 0.1} width={0.8} y={40 - (39 * each.tokens) / most} height={(39 * each.tokens) / most}><title>{`${each.sequence}: ${short(each.tokens)} tokens`}</title></rect>)}
      </svg>
    </section>
  );
}

