import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { Curve } from '../chart/Curve';
import { duration, fixed, number, powers, short, whole } from '../format';
import { Anew } from '../parts/Anew';
import { overview } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';

interface Answer {
  flops: number;
  attentionFlops: number;
  flopsPerSecond: number;
  devices: number;
  deviceHours: number;
  kilowattHours: number;
  price: number;
}

interface Forecast {
  floor?: number;
  exponent?: number;
  measured: { tokens: number; loss: number }[];
  points: { tokens: number; loss: number; low: number; high: number }[];
}

/** The model of 175 billion parameters, on devices that do 78 TFLOP/s in effect. */
const FIRST = { parameters: '175e9', tokens: '300e9', days: '30', flops: '78e12', watts: '700', price: '2', layers: '', channels: '', context: '' };

const FIELDS: [keyof typeof FIRST, string][] = [
  ['parameters', 'Parameters'],
  ['tokens', 'Tokens'],
  ['days', 'Days'],
  ['flops', 'FLOP/s of a device, in effect'],
  ['watts', 'Watts of a device'],
  ['price', 'Price of a device hour'],
  ['layers', 'Layers, to count attention'],
  ['channels', 'Channels'],
  ['context', 'Context'],
];

/** What a run would take, beside what this one does, and where its loss is going. */
export function Estimate() {
  const { choice } = view.value;
  const values = Object.fromEntries(FIELDS.map(([name]) => [name, choice[name] ?? FIRST[name]])) as typeof FIRST;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const { answer, problem } = useAsk<Answer>('estimate', given);
  return (
    <main>
      <div class="beside">
        <section class="card" aria-label="A run">
          <h2>What a run would take</h2>
          <div class="form">
            <Anew>
              {FIELDS.map(([name, label]) => (
                <label key={name}>{label}<input inputMode="decimal" value={values[name]} placeholder="–" onInput={(event) => pick({ [name]: event.currentTarget.value })} /></label>
              ))}
            </Anew>
          </div>
        </section>
        <section class="card" aria-label="What it takes" aria-live="polite">
          {problem !== '' && <p class="problem">{problem}</p>}
          {answer !== null && problem === '' && <Takes answer={answer} days={Number(values.days)} />}
        </section>
      </div>
      <ThisRun />
    </main>
  );
}

function Takes({ answer, days }: { answer: Answer; days: number }) {
  const row = (name: string, value: string) => <tr><th scope="row">{name}</th><td>{value}</td></tr>;
  return (
    <table class="takes">
      <tbody>
        {row('operations', powers(answer.flops))}
        {answer.attentionFlops > 0 && row('of them attention', `${((100 * answer.attentionFlops) / answer.flops).toFixed(1)} %`)}
        {row(`rate for ${days} days`, `${whole(answer.flopsPerSecond / 1e12)} TFLOP/s`)}
        {row('devices', whole(answer.devices))}
        {row('device hours', short(answer.deviceHours))}
        {row('energy', `${short(1000 * answer.kilowattHours)}Wh`)}
        {row('price', short(answer.price))}
      </tbody>
    </table>
  );
}

/** This run by the same arithmetic, and its loss drawn on. */
function ThisRun() {
  const run = chosenRuns.value[0] ?? '';
  const facts = overview.value;
  const step = facts?.step;
  const tokens = number(step?.tokens) ?? 0;
  const flopsPerToken = number(facts?.start?.flopsPerToken);
  const speed = number(step?.tokensPerSecond);
  const target = Number(view.value.choice.until ?? 0) || 10 * tokens;
  const forecast = useAsk<Forecast>(tokens > 0 ? 'forecast' : null, { run, tokens: target });
  if (facts === null || !step) return null;
  return (
    <section class="card" aria-label="This run">
      <h2>This run</h2>
      <dl class="figures">
        <div class="figure"><dt>Parameters</dt><dd>{short(facts.start?.parameters)}</dd></div>
        <div class="figure"><dt>Operations so far</dt><dd>{powers(flopsPerToken === null ? null : flopsPerToken * tokens)}</dd></div>
        <div class="figure"><dt>Measured</dt><dd>{flopsPerToken === null || speed === null ? '–' : short(flopsPerToken * speed)} <small>FLOP/s</small></dd></div>
        <div class="figure"><dt>Until {short(target)} tokens</dt><dd>{speed === null || speed === 0 ? '–' : duration((1000 * Math.max(0, target - tokens)) / speed)}</dd></div>
      </dl>
      {forecast.problem !== '' && <p class="soft">{forecast.problem}</p>}
      {forecast.answer !== null && (forecast.answer.points.length > 0 ? <Drawn forecast={forecast.answer} /> : <p class="soft">There are too few steps to draw the loss on, or it does not fall yet.</p>)}
      <Anew><label class="slider">Draw on to <input inputMode="decimal" value={view.value.choice.until ?? ''} placeholder={target.toExponential(1)} onChange={(event) => pick({ until: event.currentTarget.value })} /> tokens</label></Anew>
    </section>
  );
}

function Drawn({ forecast }: { forecast: Forecast }) {
  const data = useMemo((): uPlot.AlignedData => {
    const measured = new Map(forecast.measured.map((point) => [point.tokens, point.loss]));
    const drawn = new Map(forecast.points.map((point) => [point.tokens, point]));
    const x = [...new Set([...measured.keys(), ...drawn.keys()])].sort((one, other) => one - other);
    return [x, x.map((at) => measured.get(at) ?? null), x.map((at) => drawn.get(at)?.loss ?? null), x.map((at) => drawn.get(at)?.low ?? null), x.map((at) => drawn.get(at)?.high ?? null)];
  }, [forecast]);
  const last = forecast.points.at(-1);
  return (
    <>
      <p class="soft">
        Loss = {fixed(forecast.floor, 3)} + a · tokens<sup>−{fixed(forecast.exponent, 2)}</sup>, fitted to the run without its first tenth; after {short(last?.tokens)} tokens {fixed(last?.loss, 3)}, from {fixed(last?.low, 3)} to {fixed(last?.high, 3)} with 95 % confidence, if nothing changes
      </p>
      <Curve data={data} label="Loss, measured and drawn on" />
    </>
  );
}
