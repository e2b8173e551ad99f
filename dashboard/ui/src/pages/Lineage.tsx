import { useRef } from 'preact/hooks';
import { fixed, whole } from '../format';
import { Anew } from '../parts/Anew';
import { useCheckpoints } from '../state/checkpoints';
import { useHappened } from '../state/happened';
import { overview } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { DocumentPage } from './DocumentPage';
import { LearnedFrom } from './LearnedFrom';
import { type Found, MOST_STEPS, range } from './lineage';

interface Behind {
  afterStep: number;
  step: number;
  firstEntry: number;
  lastEntry: number;
  to: { shards: { sequence: number; path: string }[] };
}

/** From a step or a spike to its shards and documents, from a document to its steps, from a checkpoint to its log entries. */
export function Lineage() {
  const run = chosenRuns.value[0] ?? '';
  const { around = '', through = '', id = '' } = view.value.choice;
  const newest = Number(overview.value?.step?.step ?? 0);
  const pin = view.value.axis === 'step' ? view.value.pin : null;
  const opened = useRef({ run, newest });
  // The newest step as the page was opened stays what is looked at, while others are taken.
  if (opened.current.run !== run || opened.current.newest === 0 || newest < opened.current.newest) opened.current = { run, newest };
  const last = opened.current.newest;
  if (run === '') return <main><p class="nothing">Looking for runs…</p></main>;
  if (newest === 0) return <main><p class="nothing">No step has been made yet. Once there is one, its shards and documents appear here.</p></main>;
  const [from, to] = range(around, through, pin, last);
  return (
    <main>
      <div class="controls">
        <label class="slider">Step <input type="number" min={1} max={newest} value={from} onChange={(event) => pick({ around: event.currentTarget.value, through: '', id: '' })} /></label>
        <label class="slider">to <input type="number" min={from} max={Math.min(newest, from + MOST_STEPS - 1)} value={to} onChange={(event) => pick({ around: String(from), through: event.currentTarget.value, id: '' })} /></label>
        <Incidents />
        <Anew><input class="long" type="search" placeholder="Id, origin or content hash of a document" aria-label="Id, origin or content hash of a document" value={id} onChange={(event) => pick({ id: event.currentTarget.value.trim() })} /></Anew>
        {id !== '' && <button type="button" onClick={() => pick({ id: '' })}>Back to the steps</button>}
      </div>
      {id === '' ? (
        <>
          <Steps run={run} from={from} to={to} />
          <LearnedFrom run={run} from={from} to={to} />
          <BehindCheckpoint run={run} />
        </>
      ) : (
        <DocumentPage key={id} run={run} name={id} />
      )}
    </main>
  );
}

/** Spikes and alerts, newest first, to go to the steps of. */
function Incidents() {
  const happened = useHappened().value;
  const all = ['spike', 'alert', 'error'].flatMap((type) => happened[type] ?? []).sort((one, other) => other.step - one.step);
  if (all.length === 0) return null;
  return (
    <select aria-label="Spike or alert" value="" onChange={(event) => pick({ around: event.currentTarget.value, through: '', id: '' })}>
      <option value="">Go to a spike or an alert</option>
      {all.slice(0, 100).map((each) => <option key={`${each.time} ${each.type}`} value={each.step}>{`${each.type} at step ${whole(each.step)}: ${String(each.reason ?? each.message ?? '').slice(0, 60)}`}</option>)}
    </select>
  );
}

function Steps({ run, from, to }: { run: string; from: number; to: number }) {
  const { answer, busy, problem } = useAsk<Found>('lineage/steps', { run, from, to });
  const steps = answer?.steps ?? [];
  const noted = steps.some((each) => each.skipped !== '');
  return (
    <section class="card" aria-label="Steps">
      <h2>{from === to ? `Step ${whole(from)}` : `Steps ${whole(from)} to ${whole(to)}`} {busy && <span class="soft">reading the journal…</span>}</h2>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {answer !== null && steps.length === 0 && <p class="soft">The journal has no such step.</p>}
      {steps.length > 0 && (
        <div class="scroll tall" tabIndex={0}>
          <table>
            <thead><tr><th scope="col">Step</th><th scope="col">loss</th><th scope="col">tokens</th><th scope="col">documents</th>{noted && <th scope="col" class="left">note</th>}</tr></thead>
            <tbody>{steps.map((each) => (
              <tr key={each.step} class="step">
                <th scope="row"><button type="button" class="plain" onClick={() => pick({ around: String(each.step), through: '' })}>{whole(each.step)}</button></th>
                <td>{fixed(each.loss, 3)}</td><td>{whole(each.tokens)}</td><td>{whole(each.documents.length)}</td>{noted && <td class="left">{each.skipped === '' ? '' : `not learned from: ${each.skipped}`}</td>}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </section>
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
        <p class="where">
          Steps <button type="button" class="plain" onClick={() => pick({ around: String(answer.afterStep + 1), through: String(answer.step) })}>{whole(answer.afterStep + 1)} to {whole(answer.step)}</button> learned from log entries {whole(answer.firstEntry)} to {whole(answer.lastEntry)}
          {answer.to.shards.length > 0 && <>; it stood in {answer.to.shards.slice(0, 6).map((shard) => <code key={shard.path}> {shard.path}</code>)}</>}.
        </p>
      )}
    </section>
  );
}
