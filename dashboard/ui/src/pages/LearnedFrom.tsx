import { useState } from 'preact/hooks';
import { fixed, percent, short, whole } from '../format';
import { useAsk } from '../state/useAsk';
import { address, choose, pick, view } from '../state/view';
import type { Learned } from './lineage';

const SHOWN = 25;

/** The shards and documents that some steps learned from. */
export function LearnedFrom({ run, from, to }: { run: string; from: number; to: number }) {
  const { answer, busy, problem } = useAsk<Learned>('lineage/learned', { run, from, to });
  if (problem !== '') return <p class="problem" role="alert">{problem}</p>;
  if (answer === null) return <section class="card" aria-label="Documents"><p class="soft">{busy ? 'looking through the shards…' : ''}</p></section>;
  return (
    <>
      {answer.shards.length > 0 && <Shards shards={answer.shards} />}
      <Documents key={`${from} ${to}`} documents={answer.documents} missing={answer.missing} />
    </>
  );
}

/** The mix of sources, most first. */
function mix(tokensBySource: Record<string, number>): string {
  const all = Object.values(tokensBySource).reduce((sum, tokens) => sum + tokens, 0);
  return Object.entries(tokensBySource)
    .sort(([, one], [, other]) => other - one)
    .map(([source, tokens]) => `${source} ${percent(tokens / Math.max(1, all))}`)
    .join(', ');
}

function Shards({ shards }: { shards: Learned['shards'] }) {
  return (
    <section class="card" aria-label="Shards">
      <h2>Shards <span class="soft">what was taken of each, and the commit that brought it</span></h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Shard</th><th scope="col">commit</th><th scope="col">at</th><th scope="col">between rows</th><th scope="col">of</th><th scope="col">documents</th><th scope="col" class="left">tokens by source</th></tr></thead>
          <tbody>{shards.map((each) => (
            <tr key={each.path}>
              <th scope="row"><code>{each.path}</code></th>
              <td><CommitLink sequence={each.sequence} /></td><td>{each.committedAt.slice(0, 19).replace('T', ' ')}</td>
              <td>{whole(each.firstRow)} – {whole(each.lastRow)}</td><td>{whole(each.rows)}</td><td>{whole(each.documents)}</td><td class="left">{mix(each.tokensBySource)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

/** To the flow, where that commit is marked. */
function CommitLink({ sequence }: { sequence: number }) {
  const there = { ...view.value, page: 'flow' as const, choice: { ...view.value.choice, commit: String(sequence) } };
  return (
    <a
      href={address(there)} aria-label={`Commit ${sequence} in the flow`}
      onClick={(event) => {
        event.preventDefault();
        choose({ page: there.page, choice: there.choice });
      }}
    >
      {whole(sequence)}
    </a>
  );
}

function Documents({ documents, missing }: { documents: Learned['documents']; missing: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? documents : documents.slice(0, SHOWN);
  const known = missing < documents.length;
  return (
    <section class="card" aria-label="Documents">
      <h2>
        Documents <span class="soft">{whole(documents.length)}, in the order in which they were learned from{known && missing > 0 && `; ${whole(missing)} are in no shard that is here`}</span>
      </h2>
      {!known && documents.length > 0 && <p class="soft">Their sources are not known: no shard of theirs is here. Start the dashboard with the corpus of the run.</p>}
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Document</th><th scope="col">tokens learned</th>
              {known && <><th scope="col">of</th><th scope="col">language</th><th scope="col">quality</th><th scope="col" class="left">source</th><th scope="col" class="left">origin</th><th scope="col" class="left">content hash</th></>}
            </tr>
          </thead>
          <tbody>{shown.map((each) => (
            <tr key={each.id}>
              <th scope="row"><button type="button" class="plain" onClick={() => pick({ id: each.id })}><code>{each.id}</code></button></th>
              <td>{whole(each.tokens)}</td>
              {known && (
                <>
                  <td>{short(each.stored?.tokens)}</td><td>{each.stored?.language ?? '–'}</td><td>{fixed(each.stored?.quality, 2)}</td>
                  <td class="left line">{each.stored?.source ?? '–'}</td><td class="left line">{each.stored?.origin ?? '–'}</td><td class="left line"><code>{each.stored?.contentHash.slice(0, 12) ?? '–'}</code></td>
                </>
              )}
            </tr>
          ))}</tbody>
        </table>
      </div>
      {!all && documents.length > shown.length && <button type="button" class="small" onClick={() => setAll(true)}>{documents.length - shown.length} more</button>}
    </section>
  );
}
