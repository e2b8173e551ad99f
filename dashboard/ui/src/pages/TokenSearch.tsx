import { useState } from 'preact/hooks';
import { matching } from './tints';

const SHOWN = 8;

interface Props {
  texts: string[];
  word: string;
  choose: (word: string) => void;
}

/** Finds tokens as one types; arrow keys go through what was found, Enter takes it. */
export function TokenSearch({ texts, word, choose }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const found = typed === null ? [] : matching(texts, typed, SHOWN);
  const take = (text: string) => {
    choose(text.trim());
    setTyped(null);
    setActive(-1);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive((at) => Math.min(found.length - 1, Math.max(-1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      take(active < 0 ? (typed ?? word) : (texts[found[active] as number] ?? ''));
    }
  };
  return (
    <div class="found">
      <input
        type="search" role="combobox" list={undefined} placeholder="Search a token" aria-label="Search a token" autocomplete="off" aria-autocomplete="list" aria-expanded={found.length > 0} aria-controls="found-tokens"
        {...(active < 0 ? {} : { 'aria-activedescendant': `found-${active}` })} value={typed ?? word} onKeyDown={keys} onBlur={() => setTyped(null)}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(-1);
          if (event.currentTarget.value === '') choose('');
        }}
      />
      <ul id="found-tokens" role="listbox" aria-label="Tokens" hidden={found.length === 0}>
        {found.map((at, i) => (
          <li
            key={at} id={`found-${i}`} role="option" aria-selected={i === active} onMouseDown={(event) => {
              event.preventDefault(); // the field keeps the focus until the token is taken
              take(texts[at] ?? '');
            }}
          >
            {texts[at]?.trim() || '·'}
          </li>
        ))}
      </ul>
    </div>
  );
}
