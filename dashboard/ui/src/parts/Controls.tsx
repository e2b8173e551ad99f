import type { ComponentChildren } from 'preact';
import { whole } from '../format';
import { snapshot } from '../snapshot';
import { MARKS, marked, toggleMarks } from '../state/happened';
import { nearestSmoothing } from '../state/keys';
import { AXES, choose, chooseAxis, DEFAULT, view, type AxisName } from '../state/view';

const NAMES: Record<AxisName, string> = { step: 'Steps', tokens: 'Tokens', flops: 'FLOPs', time: 'Time', relative: 'Since start' };

/** A copy has the averages of the weights that the keys go through. */
const weight = (wanted: number): number => (snapshot === null ? wanted : nearestSmoothing(wanted));

function Toggle(props: { name: string; on: boolean; change: (on: boolean) => void }) {
  return (
    <button type="button" class="toggle" aria-pressed={props.on} onClick={() => props.change(!props.on)}>
      {props.name}
    </button>
  );
}

/** What holds for every chart of the page. */
export function Controls({ children }: { children?: ComponentChildren }) {
  const { axis, smooth, logX, logY, outliers, from, search, pin } = view.value;
  return (
    <div class="controls" role="toolbar" aria-label="Charts">
      <input
        id="search" type="search" placeholder="Search series" aria-label="Search series" value={search}
        onInput={(event) => choose({ search: event.currentTarget.value })}
      />
      <select aria-label="Horizontal axis" value={axis} onChange={(event) => chooseAxis(event.currentTarget.value as AxisName)}>
        {AXES.map((name) => <option key={name} value={name}>{NAMES[name]}</option>)}
      </select>
      <label class="slider" title="Double click: 0.6">
        Smoothing
        <input
          type="range" min="0" max="0.999" step="0.001" value={smooth}
          onInput={(event) => choose({ smooth: weight(Number(event.currentTarget.value)) })}
          onDblClick={() => choose({ smooth: DEFAULT.smooth })}
        />
        <output>{smooth.toFixed(3)}</output>
      </label>
      <Toggle name="log x" on={logX} change={(on) => choose({ logX: on })} />
      <Toggle name="log y" on={logY} change={(on) => choose({ logY: on })} />
      <Toggle name="outliers" on={outliers} change={(on) => choose({ outliers: on })} />
      <span class="toggles" role="group" aria-label="Marks">
        <span class="soft">marks</span>
        {Object.keys(MARKS).map((name) => <Toggle key={name} name={name} on={marked(name)} change={() => toggleMarks(name)} />)}
      </span>
      {from !== null && <button type="button" onClick={() => choose({ from: null, to: null })}>Whole range</button>}
      {children}
      {pin !== null && axis === 'step' && <LearnedHere step={Math.round(pin)} />}
    </div>
  );
}

/** To the documents of the step that is pinned. */
function LearnedHere({ step }: { step: number }) {
  return (
    <button type="button" onClick={() => choose({ page: 'lineage', choice: { ...view.value.choice, around: String(step), through: '', id: '' } })}>
      What step {whole(step)} learned from
    </button>
  );
}
