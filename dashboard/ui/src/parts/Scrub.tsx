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

/** Instead of a page that needs a checkpoint: what it will show once there is one. */
export function NoCheckpoints({ known, then }: { known: boolean; then: string }) {
  return <main><p class="nothing">{known ? `No checkpoint has been written yet. Once there is one, ${then}.` : 'Looking for checkpoints…'}</p></main>;
}
