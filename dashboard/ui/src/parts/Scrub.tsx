import { whole } from '../format';
import { pick } from '../state/view';

/** Goes through checkpoints, by hand or with the arrow keys. */
export function Scrub({ steps, at }: { steps: number[]; at: number }) {
  return (
    <label class="slider scrub">
      Checkpoint
      <input
        type="range" min={0} max={Math.max(0, steps.length - 1)} step={1} value={steps.indexOf(at)} aria-valuetext={`after step ${at}`}
        onInput={(event) => pick({ at: String(steps[Number(event.currentTarget.value)]) })}
      />
      <output>step {whole(at)}</output>
    </label>
  );
}

export function NoCheckpoints({ known }: { known: boolean }) {
  return <main><p class="nothing">{known ? 'No checkpoint has been written yet.' : 'Looking for checkpoints…'}</p></main>;
}
