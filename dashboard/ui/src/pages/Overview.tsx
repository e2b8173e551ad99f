import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import * as api from '../api';
import type { Fields, Marker, Overview as Facts, State } from '../api';
import { duration, fixed, number, percent, short, whole } from '../format';
import { now, overview, revision } from '../state/live';
import { SeriesChart } from './Training';

const WORDS: Record<State, string> = {
  EMPTY: 'Nothing has been trained yet',
  RUNNING: 'Learning',
  WAITING: 'Waiting',
  STOPPED: 'Stopped',
  FAILED: 'Failed',
};

function Figure(props: { name: string; value: ComponentChildren; unit?: string; note?: ComponentChildren }) {
  return (
    <div class="card figure">
      <dt>{props.name}</dt>
      <dd>{props.value}{props.unit && <small> {props.unit}</small>}</dd>
      {props.note && <p>{props.note}</p>}
    </div>
  );
}

function age(time: unknown): string {
  return typeof time === 'string' ? duration(now.value - Date.parse(time)) : '–';
}

/** Is it running, is it fed, is it learning, and when is the next checkpoint. */
export function Overview() {
  const happened = useSignal<Record<string, Marker[]>>({});
  useSignalEffect(() => {
    if (revision.value > 0) {
      api.markers(['checkpoint', 'spike', 'alert', 'error']).then((all) => (happened.value = all), console.error);
    }
  });
  const facts = overview.value;
  if (facts === null) return <main><p class="nothing">Reading the run…</p></main>;
  return (
    <main>
      <section class={`state ${facts.state.toLowerCase()}`} aria-live="polite">
        <h2>{WORDS[facts.state]}</h2>
        <p>{facts.detail || (facts.lastEvent === null ? 'Start a trainer, and its steps appear here.' : `Last heard of ${age(facts.lastEvent)} ago.`)}</p>
      </section>
      <dl class="figures"><Figures facts={facts} /></dl>
      <div class="charts wide">
        <SeriesChart heading="Loss" names={['step/loss']} happened={happened.value} height={260} />
        <SeriesChart heading="Tokens per second" names={['step/tokensPerSecond']} happened={happened.value} height={260} />
      </div>
      <Sources facts={facts} />
      <Alerts facts={facts} />
    </main>
  );
}

function Figures({ facts }: { facts: Facts }) {
  const step: Fields = facts.step ?? {};
  const fresh = facts.freshness?.eventToStep as Fields | undefined;
  const lag = number(step.lagSeconds);
  return (
    <>
      <Figure name="Step" value={whole(step.step)} note={`${short(step.tokens)} tokens`} />
      <Figure name="Loss" value={fixed(step.loss, 3)} unit="nats" note={`${fixed(step.bitsPerByte, 3)} bits per byte`} />
      <Figure name="Held out" value={fixed(facts.eval?.heldOutBitsPerByte, 3)} unit="bits per byte" note={facts.eval ? `after step ${whole(facts.eval.step)}` : 'not asked yet'} />
      <Figure name="Speed" value={whole(step.tokensPerSecond)} unit="tokens/s" note={`${percent(step.mfu)} of peak FLOP/s`} />
      <Figure name="Behind the log" value={duration(lag === null ? null : 1000 * lag)} note={`${short(step.lagTokens)} tokens, ${percent(step.waitShare)} of time waited`} />
      <Figure name="Freshness" value={duration(number(fresh?.p50Millis))} unit="p50" note={`${duration(number(fresh?.p99Millis))} p99, from event to step`} />
      <Figure name="Checkpoint" value={facts.checkpoint ? age(facts.checkpoint.time) : '–'} unit={facts.checkpoint ? 'ago' : ''} note={facts.checkpoint ? `step ${whole(facts.checkpoint.step)}, ${short(facts.checkpoint.bytes)}B` : 'none yet'} />
    </>
  );
}

/** Bits per byte by source: before they were learned from, and of what is held out. */
function Sources({ facts }: { facts: Facts }) {
  const seen = (facts.prequential?.bySource ?? {}) as Record<string, Fields>;
  const held = (facts.eval?.bySource ?? {}) as Record<string, Fields>;
  const names = [...new Set([...Object.keys(seen), ...Object.keys(held)])].sort();
  if (names.length === 0) return null;
  return (
    <section class="card">
      <h3>Bits per byte by source</h3>
      <table>
        <thead><tr><th scope="col">Source</th><th scope="col">recent</th><th scope="col">whole run</th><th scope="col">held out</th></tr></thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{fixed(seen[name]?.recentBitsPerByte, 3)}</td><td>{fixed(seen[name]?.bitsPerByte, 3)}</td><td>{fixed(held[name]?.bitsPerByte, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Alerts({ facts }: { facts: Facts }) {
  if (facts.alerts.length === 0) return null;
  return (
    <section class="card alerts">
      <h3>Alerts</h3>
      <ol>
        {facts.alerts.map((alert) => (
          <li key={`${alert.time} ${alert.type}`}>
            <b>{alert.type}</b> {String(alert.message ?? alert.reason ?? '')}
            {alert.action !== undefined && <i> {String(alert.action)}</i>}
            <small> step {whole(alert.step)}, {age(alert.time)} ago</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
