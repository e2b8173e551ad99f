import { duration, short, whole } from '../format';
import { now } from '../state/live';
import { usePoll } from '../state/useAsk';
import { pick, view } from '../state/view';
import type { Commit, CommitsAnswer } from './answers';
import { type Axis, axis } from './timeline';
import { useNarrow } from './useNarrow';

const COUNT = 120;
const BEAT_MILLIS = 2000;
const HEIGHT = 100;

const clock = (millis: number) => new Date(millis).toLocaleTimeString('en-GB');
const day = (millis: number) => new Date(millis).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Commits on a time axis: all of them in a strip, and some of them one by one. */
export function Commits() {
  const { until = '', commit = '' } = view.value.choice;
  const { answer, problem } = usePoll<CommitsAnswer>('commits', BEAT_MILLIS, { to: until === '' ? null : until, count: COUNT });
  if (answer === null) return <section class="card" aria-label="Commits"><h2>Commits <span class="soft">{problem}</span></h2></section>;
  const { commits, all } = answer;
  const at = commits.findIndex((each) => String(each.sequence) === commit);
  const chosen = commits[at < 0 ? commits.length - 1 : at];
  return (
    <section class="card" aria-label="Commits">
      <h2>Commits <span class="soft">{told(commits, until === '')}</span></h2>
      {commits.length === 0 && <p class="soft">Each commit puts shards into the log. The first one will stand here.</p>}
      {chosen !== undefined && <Bars commits={commits} chosen={chosen} />}
      {chosen !== undefined && <p class="readout" aria-live="polite"><b>Commit {whole(chosen.sequence)}</b> {day(chosen.time)}: {short(chosen.tokens)} tokens, {whole(chosen.rows)} documents, {counted(chosen.shards)}</p>}
      {all.tokens.length > 1 && <Strip all={all} shown={commits} />}
    </section>
  );
}

const counted = (shards: number) => (shards === 1 ? '1 shard' : `${whole(shards)} shards`);

function told(commits: Commit[], live: boolean): string {
  const newest = commits.at(-1);
  if (newest === undefined) return 'none yet';
  return live ? `the newest ${duration(now.value - newest.time)} ago` : `until ${day(newest.time)}`;
}

function Bars({ commits, chosen }: { commits: Commit[]; chosen: Commit }) {
  const { placed, silences, ticks }: Axis = axis(commits, useNarrow() ? 3 : 5);
  const most = Math.max(1, ...commits.map((each) => each.tokens));
  const thick = Math.max(1.2, Math.min(12, 600 / commits.length));
  const x = (share: number) => thick / 2 + share * (1000 - thick);
  const index = commits.indexOf(chosen);
  const choose = (commit: Commit | undefined) => commit !== undefined && pick({ commit: String(commit.sequence) });
  const near = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const best = placed.reduce((one, other) => (Math.abs(other.at - share) < Math.abs(one.at - share) ? other : one));
    if (best.commit !== chosen) choose(best.commit);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -commits.length, End: commits.length };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(commits[Math.max(0, Math.min(commits.length - 1, index + by))]);
  };
  return (
    <>
      <div
        class="bars" role="slider" tabIndex={0} aria-label="Commit" aria-valuemin={0} aria-valuemax={commits.length - 1} aria-valuenow={index}
        aria-valuetext={`Commit ${chosen.sequence}, ${day(chosen.time)}, ${chosen.tokens} tokens, ${chosen.rows} documents, ${counted(chosen.shards)}`}
        onPointerMove={near} onPointerDown={near} onKeyDown={press}
      >
        <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {silences.map((silence) => <rect key={silence.at} x={x(silence.at - silence.width / 2) + thick} width={Math.max(2, silence.width * 1000 - 2 * thick)} y={HEIGHT - 14} height={14} fill="url(#hatch)" />)}
          {placed.map(({ commit, at }) => <rect key={commit.sequence} class={commit === chosen ? 'chosen' : ''} x={x(at) - thick / 2} width={thick} y={HEIGHT - Math.max(1, (96 * commit.tokens) / most)} height={Math.max(1, (96 * commit.tokens) / most)} />)}
        </svg>
        {silences.map((silence) => <Label key={silence.at} at={silence.at}>{duration(silence.millis)} of silence</Label>)}
      </div>
      <div class="times" aria-hidden="true">{ticks.map(({ commit, at }) => <Label key={commit.sequence} at={at}>{clock(commit.time)}</Label>)}</div>
    </>
  );
}

/** Words at a place; the policy of the page allows styles that scripts set. */
function Label({ at, children }: { at: number; children: preact.ComponentChildren }) {
  return <span style={{ left: `${100 * at}%`, transform: `translateX(${-100 * at}%)` }}>{children}</span>;
}

/** All commits in stretches of time; the slider below chooses which of them are shown one by one. */
function Strip({ all, shown }: { all: CommitsAnswer['all']; shown: Commit[] }) {
  const most = Math.max(1, ...all.tokens);
  const last = all.tokens.length - 1;
  const newest = shown.at(-1)?.sequence ?? 0;
  const place = all.newest.findIndex((sequence) => sequence >= newest);
  const stretch = (time: number | undefined) => ((time ?? all.from) - all.from) / all.length;
  const begin = stretch(shown[0]?.time);
  const end = Math.max(begin + 1, stretch(shown.at(-1)?.time) + 1);
  const move = (index: number) => pick({ until: index >= last ? '' : String(all.newest[index] ?? ''), commit: '' });
  return (
    <div class="strip">
      <svg viewBox={`0 0 ${last + 1} 30`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="window" x={begin} width={end - begin} y={0} height={30} />
        {all.tokens.map((tokens, i) => tokens > 0 && <rect key={i} x={i} width={1} y={30 - Math.max(1, (28 * tokens) / most)} height={Math.max(1, (28 * tokens) / most)} />)}
      </svg>
      <input
        type="range" min={0} max={last} value={place < 0 ? last : place} aria-label="Commits up to" aria-valuetext={day(all.from + (place < 0 ? last : place) * all.length)}
        onInput={(event) => move(Number(event.currentTarget.value))}
      />
      <p class="soft">all {duration(all.tokens.length * all.length)}, a bar is {duration(all.length)} <button type="button" class="small" onClick={() => move(last)}>Newest</button></p>
    </div>
  );
}
