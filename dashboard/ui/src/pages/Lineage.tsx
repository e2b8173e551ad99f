import { useState } from 'preact/hooks';
import { fixed, whole } from '../format';
import { useCheckpoints } from '../state/checkpoints';
import { overview } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';

interface Part {
  id: string;
  from: number;
  tokens: number;
}

interface Step {
  step: number;
  loss: number;
  tokens: number;
  skipped: string;
  documents: Part[];
}

interface Found {
  steps: Step[];
  cut: boolean;
}

interface Behind {
  afterStep: number;
  step: number;
  firstEntry: number;
  lastEntry: number;
  to: { shards: { sequence: number; path: string }[] };
}

const AROUND = 2;

/** From a step or a spike to its documents, from a document to its steps, from a checkpoint to its shards. */
export function Lineage() {
  const run = chosenRuns.value[0] ?? '';
  const { around = '', id = '' } = view.value.choice;
  const newest = Number(overview.value?.step?.step ?? 0);
  const step = around === '' ? newest : Number(around);
  const steps = useAsk<Found>(id === '' && step > 0 ? 'lineage/steps' : null, { run, from: Math.max(1, step - AROUND), to: step + AROUND });
  const document = useAsk<Found>(id === '' ? null : 'lineage/document', { run, id });
  const { answer, busy, problem } = id === '' ? steps : document;
  if (newest === 0) return <main><p class="nothing">No step has been made yet.</p></main>;
  return (
    <main>
      <div class="controls">
        <label class="slider">Around step <input type="number" min={1} max={newest} value={step} onChange={(event) => pick({ around: event.currentTarget.value, id: '' })} /></label>
        <input type="search" placeholder="Id of a document" aria-label="Id of a document" value={id} onChange={(event) => pick({ id: event.currentTarget.value.trim() })} />
        <Spikes />
        {busy && <span class="soft">reading the journal…</span>}
      </div>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {answer !== null && (
        <section class="card" aria-label="Steps">
          <h2>{id === '' ? `Steps ${Math.max(1, step - AROUND)} to ${step + AROUND}` : <>Steps that learned from <code>{id}</code></>}{answer.cut && <span class="soft">and more</span>}</h2>
          {answer.steps.length === 0 && <p class="soft">{id === '' ? 'The journal has no such step.' : 'No step has learned from it, or it is not in this run.'}</p>}
          {answer.steps.map((each) => <StepDetail key={each.step} each={each} open={id !== '' || each.step === (found(answer.steps, step) ?? answer.steps.at(-1)?.step)} />)}
        </section>
      )}
      <BehindCheckpoint run={run} />
    </main>
  );
}

const found = (steps: Step[], step: number): number | undefined => steps.find((each) => each.step === step)?.step;

/** Spikes, to go to with one click. */
function Spikes() {
  const spikes = (overview.value?.alerts ?? []).filter((alert) => alert.type === 'spike').slice(0, 5);
  return <>{spikes.map((spike) => <button key={spike.time} type="button" onClick={() => pick({ around: String(spike.step), id: '' })}>spike at {whole(spike.step)}</button>)}</>;
}

function StepDetail({ each, open }: { each: Step; open: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? each.documents : each.documents.slice(0, 12);
  return (
    <details class="step" open={open}>
      <summary>step {whole(each.step)} <span class="soft">loss {fixed(each.loss, 3)}, {whole(each.tokens)} tokens of {whole(each.documents.length)} {each.documents.length === 1 ? 'document' : 'documents'}{each.skipped !== '' && `; not learned from: ${each.skipped}`}</span></summary>
      <ul class="documents">
        {shown.map((part, i) => (
          <li key={i}><button type="button" class="plain" onClick={() => pick({ id: part.id })}><code>{part.id}</code></button> <span class="soft">tokens {whole(part.from)} to {whole(part.from + part.tokens)}</span></li>
        ))}
      </ul>
      {!all && each.documents.length > shown.length && <button type="button" class="small" onClick={() => setAll(true)}>{each.documents.length - shown.length} more</button>}
    </details>
  );
}

/** The log entries and shards that a checkpoint learned from since the one before. */
function BehindCheckpoint({ run }: { run: string }) {
  const steps = (useCheckpoints().value ?? []).filter((each) => each.kind !== 'unreadable').map((each) => each.step);
  const chosen = Number(view.value.choice.at);
  const at = steps.includes(chosen) ? chosen : steps.at(-1);
  const { answer } = useAsk<Behind>(at === undefined ? null : 'lineage/checkpoint', { run, step: at ?? 0 });
  if (at === undefined) return null;
  return (
    <section class="card" aria-label="Behind a checkpoint">
      <h2>
        Behind the checkpoint after step{' '}
        <select aria-label="Checkpoint" value={at} onChange={(event) => pick({ at: event.currentTarget.value })}>{steps.map((step) => <option key={step} value={step}>{step}</option>)}</select>
      </h2>
      {answer !== null && (
        <p>
          Steps {whole(answer.afterStep + 1)} to {whole(answer.step)} learned from log entries {whole(answer.firstEntry)} to {whole(answer.lastEntry)}
          {answer.to.shards.length > 0 && <>; it stood in {answer.to.shards.slice(0, 6).map((shard) => <code key={shard.path}> {shard.path}</code>)}</>}.
        </p>
      )}
    </section>
  );
}
