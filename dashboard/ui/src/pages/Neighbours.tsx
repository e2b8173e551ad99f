import { fixed } from '../format';
import { pick } from '../state/view';
import type { Neighbour } from './Moved';

export type Answer = { neighbours: Neighbour[] };

/** Tokens by how near they are; each leads to its own neighbours. */
export function Neighbours({ neighbours }: Answer) {
  return (
    <table>
      <thead><tr><th scope="col">Nearest</th><th scope="col" class="bar" aria-label="Cosine, as a bar" /><th scope="col">cosine</th></tr></thead>
      <tbody>{neighbours.slice(0, 12).map((each) => (
        <tr key={each.id}>
          <th scope="row"><button type="button" class="plain" onClick={() => pick({ word: each.text.trim() })}>{each.text.trim() || '·'}</button></th>
          <td class="bar"><meter min={0} max={1} value={Math.max(0, each.cosine)} aria-hidden="true" /></td><td>{fixed(each.cosine, 3)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
