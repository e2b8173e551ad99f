import { whole } from '../format';
import { CopyButton } from '../parts/CopyButton';
import { useAsk } from '../state/useAsk';
import { plain } from './words';

interface Sample {
  source: string;
  origin: string;
  detail: string;
  text: string;
  command: string;
}

interface Props {
  reason: string;
  records: number;
  kept: boolean;
  close: () => void;
}

/** A few of what left the river for one reason, or why there are none to look at. */
export function Samples({ reason, records, kept, close }: Props) {
  const { answer, busy, problem } = useAsk<{ samples: Sample[] }>(kept ? 'samples' : null, { reason });
  const samples = answer?.samples ?? [];
  return (
    <section class="card" aria-label={`Samples of ${plain(reason)}`}>
      <h2>{whole(records)} × {plain(reason)} <span class="soft">{busy ? 'reading…' : problem}</span> <button type="button" class="small" onClick={close}>Close</button></h2>
      {!kept && <p class="soft">These are only counted: none of their texts is kept.</p>}
      {kept && answer !== null && samples.length === 0 && <p class="soft">None of their texts is kept.</p>}
      {samples.map((sample, i) => (
        <article key={i} class="sample">
          <p class="soft">{sample.source}, {sample.origin}{sample.detail !== '' && `: ${sample.detail}`}</p>
          <p class="text">{sample.text}</p>
          {sample.command !== '' && <p class="told-command"><code>{sample.command}</code> <CopyButton text={() => sample.command}>Copy</CopyButton></p>}
        </article>
      ))}
    </section>
  );
}
