import { useState } from 'preact/hooks';
import { Anew } from '../parts/Anew';
import { useAsk } from '../state/useAsk';
import { pick, view } from '../state/view';
import { type Answer, Neighbours } from './Neighbours';

/** What is to c as b is to a; asked once it is sent, and kept in the address. */
export function Analogy({ run, at }: { run: string; at: number }) {
  const { minus = 'man', of = 'king', plus = 'woman' } = view.value.choice;
  const [words, setWords] = useState({ minus, of, plus });
  const sent = view.value.choice.of !== undefined;
  const { answer, problem, busy } = useAsk<Answer>(sent ? 'embedding/analogy' : null, { run, step: at, a: minus, b: of, c: plus });
  const field = (name: keyof typeof words, label: string) => <input aria-label={label} size={8} value={words[name]} onInput={(event) => setWords({ ...words, [name]: event.currentTarget.value })} />;
  return (
    <section class="card" aria-label="Analogy">
      <h2>Analogy</h2>
      <form
        class="analogy" onSubmit={(event) => {
          event.preventDefault();
          pick(words);
        }}
      >
        <Anew>
          {field('of', 'This word')} − {field('minus', 'less this word')} + {field('plus', 'and this word')} <button type="submit" aria-label="Work it out">=</button>
        </Anew>
      </form>
      {busy && <p class="soft">looking…</p>}
      {problem !== '' && <p class="soft" role="status">{problem}</p>}
      {answer !== null && problem === '' && <Neighbours neighbours={answer.neighbours.slice(0, 5)} />}
    </section>
  );
}
