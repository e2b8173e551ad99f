import { useState } from 'preact/hooks';
import { pick, view } from '../state/view';

/** Texts that every checkpoint can be asked about. */
export const PROBES = [
  "The animal didn't cross the street because it was too tired.",
  'The trophy does not fit into the suitcase because it is too large.',
  'When Mary and John went to the shop, John gave a drink to Mary.',
  'The capital of France is Paris, and the capital of Italy is Rome.',
  'one two three four five one two three four five one two three',
];

const LONGEST = 2000;

export const probeText = (): string => view.value.choice.text ?? (PROBES[0] as string);

/** One of the fixed texts, or one's own; asked about once it is sent. */
export function ProbeText({ children }: { children?: preact.ComponentChildren }) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = probeText();
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
      <select aria-label="Probe texts" value={PROBES.includes(text) ? text : ''} onChange={(event) => pick({ text: event.currentTarget.value })}>
        {!PROBES.includes(text) && <option value="">One's own</option>}
        {PROBES.map((probe) => <option key={probe} value={probe}>{probe.length > 48 ? `${probe.slice(0, 46)}…` : probe}</option>)}
      </select>
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
      {children}
    </form>
  );
}
