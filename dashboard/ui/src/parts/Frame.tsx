import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { helpShown, KEYS } from '../state/keys';
import { connected, overview, paused } from '../state/live';
import { theme, toggleTheme } from '../state/theme';
import { choose, format, PAGES, view, type Page } from '../state/view';

const NAMES: Record<Page, string> = { overview: 'Overview', training: 'Training', checkpoints: 'Checkpoints' };

/** What is around every page. */
export function Frame(props: { children: ComponentChildren }) {
  return (
    <>
      <header>
        <h1>Alluvium</h1>
        <nav aria-label="Pages">{PAGES.map((name) => <PageLink key={name} name={name} />)}</nav>
        <div class="tools">
          <Freshness />
          <button type="button" aria-pressed={paused.value} onClick={() => (paused.value = !paused.value)}>{paused.value ? 'Resume' : 'Pause'}</button>
          <button type="button" aria-label="Copy link" onClick={() => void navigator.clipboard.writeText(location.href)}>Link</button>
          <button type="button" aria-label="Dark or light" onClick={toggleTheme}>{theme.value === 'dark' ? 'Light' : 'Dark'}</button>
        </div>
      </header>
      {props.children}
      <Help />
    </>
  );
}

function PageLink({ name }: { name: Page }) {
  const here = view.value.page === name;
  return (
    <a
      href={format({ ...view.value, page: name })} aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        choose({ page: name });
      }}
    >
      {NAMES[name]}
    </a>
  );
}

/** Whether what is seen is what is so. */
function Freshness() {
  const kind = !connected.value ? 'lost' : paused.value ? 'paused' : overview.value?.state === 'RUNNING' ? 'live' : 'still';
  const words = { lost: 'no connection', paused: 'paused', live: 'live', still: 'up to date' }[kind];
  return <span class={`freshness ${kind}`} role="status">{words}</span>;
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpShown.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [helpShown.value]);
  return (
    <dialog ref={dialog} onClose={() => (helpShown.value = false)} aria-label="Keys">
      <h3>Keys</h3>
      <dl class="keys">{KEYS.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
    </dialog>
  );
}
