import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { snapshot } from '../snapshot';
import { helpShown, KEYS } from '../state/keys';
import { connected, overview, paused } from '../state/live';
import { theme, toggleTheme } from '../state/theme';
import { address, choose, PAGES, view, type Page } from '../state/view';
import { CopyButton } from './CopyButton';

const NAMES: Record<Page, string> = {
  overview: 'Overview',
  flow: 'Flow',
  training: 'Training',
  checkpoints: 'Checkpoints',
  embeddings: 'Embeddings',
  attention: 'Attention',
  reading: 'Reading glass',
  lineage: 'Lineage',
  estimate: 'Estimate',
};

/** What is around every page. */
export function Frame(props: { children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${NAMES[view.value.page]} · Alluvium`;
  }, [view.value.page]);
  return (
    <>
      <header>
        <p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 7c4-4 6 3 10 0s6-3 10 0M2 13c4-4 6 3 10 0s6-3 10 0M2 19c4-4 6 3 10 0s6-3 10 0" /></svg>Alluvium</p>
        <nav aria-label="Pages">{PAGES.map((name) => <PageLink key={name} name={name} />)}</nav>
        <div class="tools">
          {snapshot === null ? <Live /> : <Taken at={snapshot.taken} />}
          <CopyButton label="Copy link" text={() => location.href}>Link</CopyButton>
          <button type="button" aria-label={theme.value === 'dark' ? 'Light colours' : 'Dark colours'} onClick={toggleTheme}>{theme.value === 'dark' ? '☀' : '☾'}</button>
          <button type="button" aria-label="Keys" onClick={() => (helpShown.value = true)}>?</button>
        </div>
      </header>
      <Problem />
      {snapshot !== null && <p class="soft copied">A copy: what would have to be computed anew is switched off, and lines have 2 000 points at most.</p>}
      {props.children}
      <Help />
    </>
  );
}

function PageLink({ name }: { name: Page }) {
  const here = view.value.page === name;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (here) link.current?.scrollIntoView({ block: 'nearest', inline: 'center' }); // on a phone not all fit
  }, [here]);
  return (
    <a
      ref={link}
      href={address({ ...view.value, page: name })} aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose({ page: name });
      }}
    >
      {NAMES[name]}
    </a>
  );
}

function Live() {
  return (
    <>
      <Freshness />
      <button type="button" aria-pressed={paused.value} onClick={() => (paused.value = !paused.value)}>{paused.value ? 'Resume' : 'Pause'}</button>
    </>
  );
}

/** When a copy was taken. */
function Taken({ at }: { at: string }) {
  const when = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return <span class="freshness"><span>copy of {when}</span></span>;
}

/** Whether what is seen is what is so. */
function Freshness() {
  const kind = connected.value === null ? 'still' : !connected.value ? 'lost' : paused.value ? 'paused' : overview.value?.state === 'RUNNING' ? 'live' : 'still';
  const words = { lost: 'no connection', paused: 'paused', live: 'live', still: 'up to date' }[kind];
  return <span class={`freshness ${kind}`} role="status"><span>{words}</span></span>;
}

/** What cannot be read at present, for as long as that is so; the pages show what was read before. */
function Problem() {
  const problem = overview.value?.problem ?? '';
  return problem === '' ? null : <p class="problem around" role="alert">{problem}</p>;
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
