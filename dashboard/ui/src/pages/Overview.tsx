import { useMemo } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { type Fields, type Level, levelOf, type Marker, type Overview as Facts, type Points } from '../api';
import { SeriesChart } from '../chart/SeriesChart';
import { duration, fixed, number, percent, short, whole } from '../format';
import { useHappened } from '../state/happened';
import { now, overview, revision } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { fed, freshness, learning, nextCheckpoint, running, type Verdict } from '../verdicts';

const LOSS = ['step/loss'];
const SPEED = ['step/tokensPerSecond'];
const TREND_POINTS = 200;
const LEVELS: Level[] = ['critical', 'warning', 'info']; // the worst first
const TREND_EVENTS = 10; // after which the trend is asked for anew

/** What is asked first, answered; then figures, lines, sources and alerts. */
export function Overview() {
  const happened = useHappened().value;
  const facts = overview.value;
  if (facts === null) return <main><p class="nothing">Reading the run…</p></main>;
  return (
    <main>
      <Verdicts facts={facts} />
      <Alerts facts={facts} />
      <Mixture changes={happened.mixture ?? []} />
      <dl class="figures"><Figures facts={facts} /></dl>
      <div class="charts wide">
        <SeriesChart name="step/loss" series={LOSS} happened={happened} height={250} />
        <SeriesChart name="step/tokensPerSecond" series={SPEED} happened={happened} height={250} />
      </div>
      <Sources facts={facts} />
    </main>
  );
}

function Verdicts({ facts }: { facts: Facts }) {
  const run = chosenRuns.value[0];
  const trendLine = useAsk<{ series: Record<string, Points> }>(run === undefined ? null : 'points', { run: run ?? '', name: LOSS, points: TREND_POINTS, smooth: 0.9, beat: Math.floor(revision.value / TREND_EVENTS) });
  const loss = trendLine.answer?.series['step/loss']?.smooth;
  const trend = useMemo(() => learning(loss ?? []), [loss]);
  const verdicts = [running(facts, now.value), fed(facts), trend, nextCheckpoint(facts, now.value)];
  return <section class="verdicts" aria-label="At a glance">{verdicts.map((verdict) => <VerdictCard key={verdict.question} {...verdict} />)}</section>;
}

function VerdictCard({ question, answer, mood, note }: Verdict) {
  return (
    <div class={`card verdict ${mood}`}>
      <h2>{question}</h2>
      <p class="answer">{answer}</p>
      <p class="note">{note}</p>
    </div>
  );
}

function Figure(props: { name: string; value: ComponentChildren; unit?: string; note?: ComponentChildren }) {
  return (
    <div class="figure">
      <dt>{props.name}</dt>
      <dd>{props.value}{props.unit && <small> {props.unit}</small>}{props.note && <p>{props.note}</p>}</dd>
    </div>
  );
}

function Figures({ facts }: { facts: Facts }) {
  const step: Fields = facts.step ?? {};
  const fresh = freshness(facts);
  return (
    <>
      <Figure name="Step" value={whole(step.step)} note={`${short(step.tokens)} tokens`} />
      <Figure name="Loss" value={fixed(step.loss, 3)} unit="nats" note={`${fixed(step.bitsPerByte, 3)} bits per byte`} />
      <Figure name="Held out" value={fixed(facts.eval?.heldOutBitsPerByte, 3)} unit="bits per byte" note={facts.eval ? `after step ${whole(facts.eval.step)}` : 'not asked yet'} />
      <Figure name="Speed" value={whole(step.tokensPerSecond)} unit="tokens/s" note={`${percent(step.mfu)} of peak FLOP/s`} />
      <Figure name="Freshness" value={duration(fresh.half)} unit="half of them" note={`${duration(fresh.most)} for 99 %, ${fresh.leg}`} />
    </>
  );
}

/** Bits per byte by source: before they were learned from, and of what is held out. */
function Sources({ facts }: { facts: Facts }) {
  const seen = (facts.prequential?.bySource ?? {}) as Record<string, Fields>;
  const held = (facts.eval?.bySource ?? {}) as Record<string, Fields>;
  const names = [...new Set([...Object.keys(seen), ...Object.keys(held)])].sort();
  const most = Math.max(...names.map((name) => number(held[name]?.bitsPerByte ?? seen[name]?.recentBitsPerByte) ?? 0));
  if (names.length === 0) return null;
  return (
    <section class="card">
      <h3>Bits per byte by source</h3>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Source</th><th scope="col" aria-label="Held out, as a bar" class="bar" /><th scope="col">held out</th><th scope="col">before learning, recently</th><th scope="col">before learning, whole run</th></tr></thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="bar"><meter min={0} max={most || 1} value={number(held[name]?.bitsPerByte ?? seen[name]?.recentBitsPerByte) ?? 0} aria-hidden="true" /></td>
                <td>{fixed(held[name]?.bitsPerByte, 3)}</td><td>{fixed(seen[name]?.recentBitsPerByte, 3)}</td><td>{fixed(seen[name]?.bitsPerByte, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const CHANGES = 3;

/** When it was last decided anew how often documents of each source are trained on. */
function Mixture({ changes }: { changes: Marker[] }) {
  if (changes.length === 0) return null;
  return (
    <section class="card" aria-label="Mixture">
      <h3>Mixture <span class="soft">how often documents of a source are trained on, on average</span></h3>
      <ol class="plain-list">
        {changes.slice(-CHANGES).reverse().map((change) => (
          <li key={change.step}>{String(change.message)} <span class="soft">since step {whole(change.step)}, {duration(now.value - Date.parse(change.time))} ago</span></li>
        ))}
      </ol>
    </section>
  );
}

const ALERTS = 6;

const times = ({ times: count }: Marker): string => (Number(count) > 1 ? `${whole(count)} times, last at ` : '');

/** What is wrong, newest first, and how bad it is; and what keeps alerts from being raised or told. */
function Alerts({ facts }: { facts: Facts }) {
  const problems = facts.alertProblems ?? [];
  if (facts.alerts.length === 0 && problems.length === 0) return null;
  const worst = LEVELS.find((level) => facts.alerts.some((alert) => levelOf(alert) === level)) ?? 'warning';
  return (
    <section class={`card alerts ${worst}`} aria-live="polite" aria-label="Alerts">
      <h3>Alerts</h3>
      <ol>
        {problems.map((problem) => <li key={problem}>{problem}</li>)}
        {facts.alerts.slice(0, ALERTS).map((alert) => (
          <li key={`${alert.time} ${alert.type} ${alert.rule}`}>
            <b class={levelOf(alert)}>{String(alert.rule ?? alert.type)}</b> {String(alert.message ?? alert.reason ?? '')}
            {alert.action !== undefined && <i> {String(alert.action)}</i>}
            <small> {levelOf(alert)}, {times(alert)}step {whole(alert.step)}, {duration(now.value - Date.parse(alert.time))} ago</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
