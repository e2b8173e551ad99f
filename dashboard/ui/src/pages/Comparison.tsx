import { fixed, percent, short, whole } from '../format';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { HeadGrid } from './HeadGrid';
import { Moved } from './Moved';

interface Tensor {
  name: string;
  shape: number[];
  relativeChange: number;
  cosine: number;
  stableRank: number;
  spectrum: number[];
}

const LAYER = /^model\.layers\.(\d+)\.(.+)\.weight$/;

/** How the model changed from one checkpoint to another: its tensors, its heads, its tokens. */
export function Comparison({ run, a, b }: { run: string; a: number; b: number }) {
  const { answer, busy, problem } = useAsk<{ tensors: Tensor[] }>('compare', { run, a, b });
  return (
    <>
      <h2 class="section">From step {whole(a)} to step {whole(b)} {busy && <span class="soft">comparing…</span>}</h2>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {answer !== null && <Tensors tensors={answer.tensors} />}
      <HeadGrid run={run} a={a} b={b} />
      <Moved run={run} a={a} b={b} />
    </>
  );
}

/** Every tensor as a place in a grid, a row for each layer, tinted by how much it changed; one of them in full. */
function Tensors({ tensors }: { tensors: Tensor[] }) {
  const name = tensors.find((each) => each.name === view.value.choice.tensor)?.name ?? tensors[0]?.name;
  const setName = (tensor: string) => pick({ tensor });
  const rows = new Map<string, Tensor[]>();
  for (const tensor of tensors) {
    const row = LAYER.exec(tensor.name)?.[1] ?? '';
    rows.set(row, [...(rows.get(row) ?? []), tensor]);
  }
  const most = Math.max(...tensors.map((each) => each.relativeChange), 1e-12);
  const chosen = tensors.find((each) => each.name === name);
  return (
    <div class="beside">
      <section class="card" aria-label="Tensors">
        <h2>Relative change of every tensor <span class="soft">the strongest changed by {percent(most)}</span></h2>
        <div class="tensors" tabIndex={0}>
          {[...rows].map(([layer, members]) => (
            <div key={layer} class="tensor-row">
              <span class="soft">{layer === '' ? 'model' : `layer ${layer}`}</span>
              {members.map((each) => (
                <button
                  key={each.name} type="button" class="cell" aria-pressed={each.name === name} title={each.name}
                  aria-label={`${shortName(each.name)}: ${each.name} changed by ${percent(each.relativeChange)}`} style={{ '--heat': `${(100 * each.relativeChange) / most}%` }}
                  onClick={() => setName(each.name)} onMouseEnter={() => setName(each.name)}
                >
                  {shortName(each.name)}
                </button>
              ))}
            </div>
          ))}
        </div>
      </section>
      {chosen !== undefined && <Detail tensor={chosen} />}
    </div>
  );
}

function shortName(name: string): string {
  const part = LAYER.exec(name)?.[2] ?? name.replace(/^model\.|\.weight$/g, '');
  return part.replace(/^(self_attn|mlp)\./, '').replace('_proj', '').replace('_layernorm', ' norm').replace('post_attention', 'post').replace('embed_tokens', 'embedding');
}

function Detail({ tensor }: { tensor: Tensor }) {
  const largest = tensor.spectrum[0] ?? 0;
  return (
    <section class="card" aria-label="One tensor">
      <h2><code>{tensor.name}</code></h2>
      <table>
        <tbody>
          <tr><th scope="row">shape</th><td>{tensor.shape.join(' × ')}</td></tr>
          <tr><th scope="row">relative change</th><td>{percent(tensor.relativeChange)}</td></tr>
          <tr><th scope="row">cosine of before and after</th><td>{fixed(tensor.cosine, 4)}</td></tr>
          <tr><th scope="row">stable rank of the change</th><td>{tensor.spectrum.length === 0 ? '–' : fixed(tensor.stableRank, 1)}</td></tr>
        </tbody>
      </table>
      {tensor.spectrum.length > 0 && (
        <>
          <h3 class="above">Largest singular values of the change</h3>
          <ol class="spectrum">{tensor.spectrum.map((value, i) => <li key={i} style={{ '--share': `${(100 * value) / largest}%` }}><span>{short(value)}</span></li>)}</ol>
        </>
      )}
    </section>
  );
}
