import { useState } from 'preact/hooks';
import { fixed, whole } from '../format';
import { useCheckpoints } from '../state/checkpoints';
import { useHappened } from '../state/happened';
import { useAsk } from '../state/useAsk';
import { pick } from '../state/view';
import { blamedLoss, commands, type Found, type Matches, type Place, type Step, type Stored } from './lineage';

/** A document by its id, origin or content hash: what it is, which steps learned from it, and how well it is known. */
export function DocumentPage({ run, name }: { run: string; name: string }) {
  const steps = useAsk<Found>('lineage/document', { run, id: name });
  const matches = useAsk<Matches>('lineage/find', { run, name });
  const stored = matches.answer?.documents.find((each) => each.id === name);
  const others = (matches.answer?.documents ?? []).filter((each) => each.id !== name);
  const learned = steps.answer?.steps ?? [];
  return (
    <>
      <section class="card" aria-label="Document">
        <h2><code>{name}</code> {(steps.busy || matches.busy) && <span class="soft">looking…</span>}</h2>
        {steps.problem !== '' && <p class="problem" role="alert">{steps.problem}</p>}
        {stored !== undefined && <Facts stored={stored} />}
        {others.length > 0 && learned.length === 0 && <Others documents={others} />}
        {matches.problem !== '' && <p class="soft">{matches.problem}</p>}
        {matches.answer !== null && matches.answer.documents.length === 0 && (
          <p class="soft">No document of that id, address, origin or content hash is among {whole(matches.answer.rows)} records{matches.answer.cut && '; there are more, which are not in the index yet: ask again, or run ./alluvium corpus index'}.</p>
        )}
      </section>
      {(learned.length > 0 || stored !== undefined) && (
        <div class="beside">
          <div class="stack">
            <Steps id={name} steps={learned} cut={steps.answer?.cut === true} />
            {stored !== undefined && <section class="card" aria-label="Text"><h2>Text</h2><Text run={run} place={stored.place} from={0} /></section>}
          </div>
          <div class="stack">
            <Loss run={run} id={name} first={learned[0]} place={stored?.place} />
            <Commands id={name} first={learned[0]?.step ?? null} />
          </div>
        </div>
      )}
    </>
  );
}

function Facts({ stored }: { stored: Stored }) {
  const facts: [string, string][] = [
    ['source', stored.source], ['origin', stored.origin], ['address', stored.url ?? ''], ['language', stored.language ?? ''], ['quality', fixed(stored.quality, 3)],
    ['content hash', stored.contentHash], ['tokens', `${whole(stored.tokens)}${stored.repeat > 1 ? `, learned from ${stored.repeat} times` : ''}`],
    ['published', stored.publishedAt.slice(0, 19).replace('T', ' ')], ['place', `commit ${stored.place.entry}, shard ${stored.place.shard + 1}, row ${stored.place.row}`],
  ];
  return <dl class="facts">{facts.filter(([, value]) => value !== '').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function Others({ documents }: { documents: Stored[] }) {
  return (
    <ul class="documents">
      {documents.map((each) => <li key={`${each.id} ${each.place.entry} ${each.place.row}`}><button type="button" class="plain" onClick={() => pick({ id: each.id })}><code>{each.id}</code></button> <span class="soft">{each.source}, {each.origin}</span></li>)}
    </ul>
  );
}

function Steps({ id, steps, cut }: { id: string; steps: Step[]; cut: boolean }) {
  return (
    <section class="card" aria-label="Steps that learned from it">
      <h2>Steps that learned from it <span class="soft">{steps.length > 0 && `first at step ${whole(steps[0]?.step)}, ${cut ? 'more than ' : ''}${whole(steps.length)} in all`}</span></h2>
      {steps.length === 0 && <p class="soft">None: it was held out, or has not been reached, or <code>{id}</code> is of another run.</p>}
      {steps.length > 0 && (
        <div class="scroll tall" tabIndex={0}>
          <table>
            <thead><tr><th scope="col">Step</th><th scope="col">tokens</th><th scope="col">loss of the whole step</th></tr></thead>
            <tbody>{steps.map((each) => (
              <tr key={each.step} class="step">
                <th scope="row"><button type="button" class="plain" onClick={() => pick({ around: String(each.step), through: '', id: '' })}>{whole(each.step)}</button></th>
                <td>{each.documents.map((part) => `${whole(part.from)} – ${whole(part.from + part.tokens)}`).join(', ')}</td><td>{fixed(each.loss, 3)}{each.skipped !== '' && `; not learned from: ${each.skipped}`}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** A part of the text, and what follows once it is asked for. */
function Text({ run, place, from }: { run: string; place: Place; from: number }) {
  const [on, setOn] = useState(false);
  const { answer, problem } = useAsk<{ text: string; to: number; of: number }>('lineage/text', { run, ...place, from });
  if (problem !== '') return <p class="soft">{problem}</p>;
  if (answer === null) return <p class="soft">reading…</p>;
  return (
    <>
      <p class="text whole">{answer.text}</p>
      {answer.to < answer.of && !on && <button type="button" class="small" onClick={() => setOn(true)}>{whole(answer.of - answer.to)} more tokens</button>}
      {on && <Text run={run} place={place} from={answer.to} />}
    </>
  );
}

interface LossNow {
  step: number;
  tokens: number;
  of: number;
  lossPerToken: number;
  bitsPerByte: number;
}

/** How surprised the model was then, and is now. */
function Loss({ run, id, first, place }: { run: string; id: string; first: Step | undefined; place: Place | undefined }) {
  const [asked, setAsked] = useState(false);
  const blamed = blamedLoss(useHappened().value.spike ?? [], id);
  const now = useAsk<LossNow>(asked && place !== undefined ? 'lineage/loss' : null, { run, ...place });
  return (
    <section class="card" aria-label="Loss on it">
      <h2>Loss on it <span class="soft">nats a token</span></h2>
      <table>
        <tbody>
          <tr><th scope="row">then{first !== undefined && `, step ${whole(first.step)}`}</th><td>{blamed !== null ? fixed(blamed, 3) : first === undefined ? '–' : <>{fixed(first.loss, 3)} <span class="soft">of the whole step</span></>}</td></tr>
          <tr>
            <th scope="row">now{now.answer !== null && `, step ${whole(now.answer.step)}`}</th>
            <td>{now.answer !== null ? fixed(now.answer.lossPerToken, 3) : now.busy ? 'reading…' : <button type="button" class="small" disabled={place === undefined} onClick={() => setAsked(true)}>Read it</button>}</td>
          </tr>
        </tbody>
      </table>
      {now.answer !== null && <p class="soft">{fixed(now.answer.bitsPerByte, 3)} bits per byte, over its first {whole(now.answer.tokens)} of {whole(now.answer.of)} tokens, by the newest checkpoint</p>}
      {now.problem !== '' && <p class="soft" role="status">{now.problem}</p>}
      {place === undefined && <p class="soft">It can be read where the corpus is known.</p>}
    </section>
  );
}

/** Commands to copy. The page runs none of them. */
function Commands({ id, first }: { id: string; first: number | null }) {
  const steps = (useCheckpoints().value ?? []).filter((each) => each.kind !== 'unreadable').map((each) => each.step);
  return (
    <section class="card" aria-label="What can be done">
      <h2>What can be done</h2>
      <p class="soft">A run leaves documents out by itself where they make its loss spike. What a person can do, to be copied; nothing is run here:</p>
      {commands(id, first, steps).map(([why, command]) => <Command key={why} why={why} command={command} />)}
    </section>
  );
}

function Command({ why, command }: { why: string; command: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="command">
      <p class="soft">{why} <button type="button" class="small" onClick={() => void navigator.clipboard.writeText(command).then(() => setCopied(true))}>{copied ? 'Copied' : 'Copy'}</button></p>
      <code>{command}</code>
    </div>
  );
}
