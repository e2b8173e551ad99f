import { useEffect, useRef, useState } from 'preact/hooks';
import { snapshot } from '../snapshot';
import { useAsk } from '../state/useAsk';
import { CopyButton } from './CopyButton';

/** What to paste into DuckDB to go on asking by oneself. A copy has left the files that are asked about behind. */
export function DuckDb(props: { about: string; path: string; query?: Record<string, string> }) {
  const [open, setOpen] = useState(false);
  if (snapshot !== null) return null;
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>Open in DuckDB</button>
      {open && <Statements {...props} close={() => setOpen(false)} />}
    </>
  );
}

function Statements({ about, path, query = {}, close }: { about: string; path: string; query?: Record<string, string>; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { answer, problem } = useAsk<{ text: string }>(path, query);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="statements" onClose={close} aria-label={`${about} in DuckDB`}>
      <h3>{about} in DuckDB</h3>
      <p class="soft">Paste this into <code>duckdb</code>, where the files are. It reads them and changes nothing.</p>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      <pre tabIndex={0}><code>{answer?.text ?? ''}</code></pre>
      <div class="chips">
        <CopyButton text={() => answer?.text ?? ''}>Copy</CopyButton>
        <button type="button" onClick={() => dialog.current?.close()}>Close</button>
      </div>
    </dialog>
  );
}
