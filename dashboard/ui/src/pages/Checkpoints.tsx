import { useRef, useState } from 'preact/hooks';
import * as api from '../api';
import { bytes, duration, fixed, short, whole } from '../format';
import { Anew } from '../parts/Anew';
import { type Checkpoint, useCheckpoints } from '../state/checkpoints';
import { now } from '../state/live';
import { chosenRuns } from '../state/runs';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { Comparison } from './Comparison';

const HELD_OUT = 'eval/heldOutBitsPerByte';
const POINTS = 8192;

/** The newest figure that was there when a checkpoint was written. */
function before(points: api.Points | undefined, step: number): number | null {
  const at = points === undefined ? -1 : points.x.findLastIndex((x) => x <= step);
  return points?.value[at] ?? null;
}

/** The first and the last that are kept for good, else of all. */
function ends(listed: Checkpoint[]): number[] {
  const kept = listed.filter((each) => each.kind === 'permanent');
  const steps = (kept.length > 1 ? kept : listed.filter((each) => each.kind !== 'unreadable')).map((each) => each.step);
  return steps.length > 1 ? [steps[0] as number, steps.at(-1) as number] : [];
}

/** What is on disk of the run, newest first, and how any two of them differ. */
export function Checkpoints() {
  const listed = useCheckpoints().value;
  const run = chosenRuns.value[0] ?? '';
  const pair = useRef<number[]>([]); // stays, for as long as both are there: newer ones come every minute
  const [checked, setChecked] = useState<Record<number, Checkpoint>>({});
  const held = useAsk<{ series: Record<string, api.Points> }>(listed === null ? null : 'points', { run, name: [HELD_OUT], points: POINTS }).answer?.series[HELD_OUT];
  if (listed === null || listed.length === 0) return <main><p class="nothing">{listed === null ? 'Looking for checkpoints…' : 'No checkpoint has been written yet. Once there are two, this page shows how the model changed between them.'}</p></main>;
  const shown = listed.map((each) => (checked[each.step]?.writtenAt === each.writtenAt ? (checked[each.step] as Checkpoint) : each)).reverse();
  const steps = listed.filter((each) => each.kind !== 'unreadable').map((each) => each.step);
  const chosen = (name: string, otherwise: number | undefined) => (steps.includes(Number(view.value.choice[name])) ? Number(view.value.choice[name]) : (otherwise ?? 0));
  if (pair.current.length < 2 || !pair.current.every((step) => steps.includes(step))) pair.current = ends(listed);
  const a = chosen('a', pair.current[0]);
  const b = chosen('b', pair.current[1]);
  const verify = async (step: number) => {
    const entry = await api.get<Checkpoint>('verify', { run, step });
    setChecked((all) => ({ ...all, [step]: entry }));
  };
  return (
    <main>
      <section class="card">
        <h2>Checkpoints</h2>
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">After step</th><th scope="col">kept</th><th scope="col">age</th><th scope="col">tokens</th><th scope="col">size</th>
                <th scope="col">held out, bits per byte</th><th scope="col">digests</th><th scope="col">from</th><th scope="col">to</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <tr key={each.step}>
                  <th scope="row">{whole(each.step)}</th><td>{each.kind === 'permanent' ? 'for good' : each.kind === 'temporary' ? 'for now' : each.kind}</td>
                  <td>{duration(now.value - Date.parse(each.writtenAt))}</td><td>{short(each.tokens)}</td><td>{bytes(each.bytes)}</td>
                  <td>{fixed(before(held, each.step), 3)}</td>
                  <td><Wholeness entry={each} verify={verify} /></td>
                  <Choice name="a" step={each.step} chosen={a} usable={each.kind !== 'unreadable'} />
                  <Choice name="b" step={each.step} chosen={b} usable={each.kind !== 'unreadable'} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {a !== b && steps.length > 1 && <Comparison key={`${run} ${a} ${b}`} run={run} a={a} b={b} />}
    </main>
  );
}

function Choice({ name, step, chosen, usable }: { name: string; step: number; chosen: number; usable: boolean }) {
  const label = name === 'a' ? 'Compare from' : 'Compare to';
  return <td><input type="radio" name={name} aria-label={`${label} step ${step}`} checked={step === chosen} disabled={!usable} onChange={() => pick({ [name]: String(step) })} /></td>;
}

function Wholeness({ entry, verify }: { entry: Checkpoint; verify: (step: number) => Promise<void> }) {
  const [state, setState] = useState('');
  const go = async () => {
    setState('comparing…');
    try {
      await verify(entry.step);
      setState('');
    } catch (error) {
      setState((error as Error).message);
    }
  };
  if (state !== '') return <span class="soft">{state}</span>;
  if (entry.wholeness === 'WHOLE') return <span class="good">✓ as written</span>;
  if (entry.wholeness === 'DAMAGED') return <span class="bad" title={entry.problem}>✗ damaged</span>;
  return <Anew><button type="button" class="small" onClick={() => void go()}>Verify</button></Anew>;
}
