import { useState } from 'preact/hooks';
import { useProbes } from '../state/probes';
import { pick, view } from '../state/view';
import { Anew } from './Anew';

/** Texts that checkpoints can be asked about where the run has none of its own. */
const PROBES = [
  "The animal didn't cross the street because it was too tired.",
  'The trophy does not fit into the suitcase because it is too large.',
  'When Mary and John went to the shop, John gave a drink to Mary.',
  'The capital of France is Paris, and the capital of Italy is Rome.',
  'one two three four five one two three four five one two three',
];

const LONGEST = 2000;

/** The text that is looked at, those to choose from, and the steps that the run has kept answers about it of. */
export function useProbeText(): { text: string; texts: string[]; kept: number[] } {
  const probes = useProbes().value;
  const texts = probes === null || probes.texts.length === 0 ? PROBES : probes.texts;
  const text = view.value.choice.text ?? (texts[0] as string);
  return { text, texts, kept: probes !== null && probes.texts.includes(text) ? probes.steps : [] };
}

/** One of the fixed texts, or one's own; asked about once it is sent. */
export function ProbeText({ text, texts, children }: { text: string; texts: string[]; children?: preact.ComponentChildren }) {
  const [draft, setDraft] = useState<string | null>(null);
  const send = () => {
    if (draft !== null && draft.trim() !== '') pick({ text: draft });
    setDraft(null);
  };
  return (
    <form
      class="probe" onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <select aria-label="Probe texts" value={texts.includes(text) ? text : ''} onChange={(event) => pick({ text: event.currentTarget.value })}>
        {!texts.includes(text) && <option value="">One's own</option>}
        {texts.map((probe) => <option key={probe} value={probe}>{probe.length > 48 ? `${probe.slice(0, 46)}…` : probe}</option>)}
      </select>
      <Anew>
        <textarea
          aria-label="Text" rows={2} maxLength={LONGEST} value={draft ?? text} onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault();
              send();
            }
          }}
        />
        <button type="submit" disabled={draft === null || draft === text}>Read</button>
      </Anew>
      {children}
    </form>
  );
}
