import type { Marker } from '../api';
import { Commits } from '../flow/Commits';
import type { Amount, FlowAnswer } from '../flow/answers';
import { River } from '../flow/River';
import { type Drop, reaches, streams, tokensPerDocument, type Training } from '../flow/river';
import { Samples } from '../flow/Samples';
import { Sources, Tasks } from '../flow/Tables';
import { few } from '../flow/words';
import { duration, number, short, whole } from '../format';
import { DuckDb } from '../parts/DuckDb';
import { now, overview } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk, usePoll } from '../state/useAsk';
import { pick, view } from '../state/view';

const BEAT_MILLIS = 2000;

/** The way of documents from their sources into the model, and what left it where. */
export function Flow() {
  const { answer, problem } = usePoll<FlowAnswer | { absent: string }>('flow', BEAT_MILLIS); // the corpus may grow while the run does not
  if (answer === null) return <main><p class="nothing">{problem || 'Reading the corpus…'}</p></main>;
  if ('absent' in answer) return <main><p class="nothing">{answer.absent}</p></main>;
  return <Known flow={answer} />;
}

function Known({ flow }: { flow: FlowAnswer }) {
  const { drop = '', amount = flow.running ? 'now' : 'all' } = view.value.choice;
  const rate = amount === 'now';
  const training = useTraining(rate);
  const shown = rate ? perSecond(flow.recent) : flow.total;
  const list = reaches(shown, tokensPerDocument(flow.recent, flow.total), flow.tasks, training);
  const all = reaches(flow.total, null, [], training).flatMap((reach) => reach.drops);
  const chosen: Drop | undefined = all.find((each) => each.reason === drop);
  const choose = (reason: string) => pick({ drop: reason });
  return (
    <main>
      <section class="card river" aria-label="Flow">
        <h2>{state(flow)} <span class="soft">{lag()}</span></h2>
        <div class="controls still" role="group" aria-label="Amounts">
          {[['now', 'Now'], ['all', 'So far']].map(([key, name]) => <button key={key} type="button" class="toggle" aria-pressed={amount === key} onClick={() => pick({ amount: key ?? '' })}>{name}</button>)}
          <span class="soft">{rate ? over(flow) : 'since the first record'}</span>
          <DuckDb about="Documents" path="sql/corpus" />
        </div>
        <River reaches={list} streams={streams(shown.read)} rate={rate} notes={{ train: trainer() }} reason={drop} choose={choose} />
        <p class="soft legend-line">The river is as wide as the square root of its tokens. Streams that join or leave are drawn by their share. ≈ is estimated from documents: {few(tokensPerDocument(flow.recent, flow.total))} tokens each. <i class="swatch slow" /> ▲ held back more than a tenth of the time, <i class="swatch held" /> ▲▲ more than half.</p>
      </section>
      {chosen !== undefined && <Samples key={drop} reason={drop} records={chosen.records} kept={chosen.kept} close={() => choose('')} />}
      <dl class="figures"><Figures flow={flow} /></dl>
      <Commits />
      <div class="charts wide"><Sources sources={flow.sources} /><Tasks tasks={flow.tasks} /></div>
    </main>
  );
}

const state = (flow: FlowAnswer) => (flow.running && flow.recent.funnel.read === 0 ? 'Nothing arrives at present' : flow.running ? 'Flowing' : flow.endOfInput ? 'All sources are read' : 'Nobody reads at present');

function over({ recent, running }: FlowAnswer): string {
  if (recent.seconds === 0) return 'nothing has been committed of late';
  return running ? `over the last ${duration(1000 * recent.seconds)}` : `over ${duration(1000 * recent.seconds)} before the newest commit`;
}

function perSecond(amount: Amount): Amount {
  const of = (count: number) => (amount.seconds > 0 ? count / amount.seconds : 0);
  const all = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, of(count)]));
  const { funnel } = amount;
  return {
    ...amount,
    tokens: of(amount.tokens),
    read: all(amount.read),
    funnel: { read: of(funnel.read), accepted: of(funnel.accepted), duplicatesByKind: all(funnel.duplicatesByKind), rejected: all(funnel.rejected), skipped: all(funnel.skipped), deleted: of(funnel.deleted) },
  };
}

const trains = () => overview.value?.state === 'RUNNING' || overview.value?.state === 'WAITING';

/** What the run has learned from, or learns from in a second, and how much of it is in checkpoints. */
function useTraining(rate: boolean): Training {
  const run = chosenRuns.value[0];
  const saved = useAsk<{ checkpoint?: Marker[] }>(run === undefined ? null : 'markers', { run: run ?? '', type: ['checkpoint'] }, number(overview.value?.checkpoint?.step) ?? 0).answer?.checkpoint ?? [];
  const step = overview.value?.step;
  const [before, last] = [saved.at(-2), saved.at(-1)];
  if (!rate) return { learned: number(step?.tokens), saved: last?.tokens ?? null, waiting: null };
  if (!trains()) return { learned: 0, saved: 0, waiting: null };
  const seconds = last === undefined || before === undefined ? 0 : (Date.parse(last.time) - Date.parse(before.time)) / 1000;
  const held = seconds > 0 ? ((last?.tokens ?? 0) - (before?.tokens ?? 0)) / seconds : null;
  const waiting = number(step?.waitShare);
  const computing = number(step?.tokensPerSecond);
  return { learned: computing === null ? null : computing * (1 - (waiting ?? 0)), saved: held, waiting };
}

function trainer(): string {
  const step = overview.value?.step;
  if (step === null || step === undefined) return 'no step has been made';
  return trains() ? `${few(number(step.tokensPerSecond))} while it computes` : 'nobody trains at present';
}

function lag(): string {
  const step = overview.value?.step;
  const seconds = number(step?.lagSeconds);
  if (step === null || step === undefined || seconds === null) return '';
  return `the trainer ${trains() ? 'is' : 'was last'} ${short(step.lagTokens)} tokens / ${duration(1000 * seconds)} behind the last committed shard`;
}

function Figures({ flow }: { flow: FlowAnswer }) {
  const checkpoint = overview.value?.checkpoint;
  const fresh = flow.freshness?.eventToCommit;
  return (
    <>
      <div class="figure"><dt>In shards</dt><dd>{short(flow.total.tokens)} <small>tokens</small><p>{whole(flow.total.shards)} shards</p></dd></div>
      <div class="figure"><dt>Learned from</dt><dd>{short(overview.value?.step?.tokens)} <small>tokens</small><p>{whole(overview.value?.step?.step)} steps</p></dd></div>
      <div class="figure"><dt>Event to shard</dt><dd>{duration(fresh?.p50Millis ?? null)} <small>half of them</small><p>{duration(fresh?.p99Millis ?? null)} for 99 %</p></dd></div>
      <div class="figure"><dt>Checkpoint</dt><dd>{checkpoint ? `step ${whole(checkpoint.step)}` : '–'}<p>{checkpoint ? `${duration(now.value - Date.parse(String(checkpoint.time)))} ago` : 'none yet'}</p></dd></div>
    </>
  );
}
