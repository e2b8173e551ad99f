import { useSignal } from '@preact/signals';
import { copyText } from '../state/clipboard';

const SAID_MILLIS = 1500;

/** Copies a text, and says for a moment that it has. */
export function CopyButton({ text, children, label }: { text: () => string; children: string; label?: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await copyText(text());
    copied.value = true;
    setTimeout(() => (copied.value = false), SAID_MILLIS);
  };
  return <button type="button" aria-label={label} onClick={() => void copy()}>{copied.value ? 'Copied' : children}</button>;
}
