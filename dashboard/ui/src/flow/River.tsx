import { short, whole } from '../format';
import { joining, leavingFrom, type Segment, width } from './bed';
import { type Drop, grade, type Reach, type Stream, total } from './river';
import { useNarrow } from './useNarrow';
import { few, plain, share } from './words';

interface Props {
  reaches: Reach[];
  streams: Stream[];
  rate: boolean; // whether amounts are of a second
  notes: Partial<Record<Reach['key'], string>>;
  reason: string;
  choose: (reason: string) => void;
}

const SHOWN_DROPS = 6;

/** What flows: tokens where they are known, otherwise documents. */
const flowing = (reach: Reach | undefined): number => reach?.tokens ?? reach?.records ?? 0;

/** From the sources to the checkpoints, one reach after the other; on narrow pages downwards. */
export function River(props: Props) {
  const { reaches, streams } = props;
  const narrow = useNarrow();
  const most = Math.max(...reaches.map(flowing));
  const wide = (i: number) => width(flowing(reaches[i]), most);
  const shape = (reach: Reach, i: number): Segment =>
    i === 0 ? joining(shares(streams, reach.records), wide(0), narrow) : leavingFrom(wide(i - 1), wide(i), shares(reach.drops, reaches[i - 1]?.records ?? 0), narrow);
  return (
    <>
      <svg class="defs" aria-hidden="true"><defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="hatch-ground" /><rect width="2" height="5" class="hatch" /></pattern>
      </defs></svg>
      <ol class="reaches">
        {reaches.map((reach, i) => <Place key={reach.key} reach={reach} segment={shape(reach, i)} {...props} />)}
      </ol>
      <Table {...props} />
    </>
  );
}

function shares(parts: { records: number }[], of: number | null): number[] {
  return parts.map((part) => (of === null || of <= 0 ? 0 : part.records / of));
}

function Place({ reach, segment, streams, rate, notes, reason, choose }: Props & { reach: Reach; segment: Segment }) {
  return (
    <li class={`reach ${grade(reach.pressure)}`}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {segment.sides.map((path, i) => <path key={i} d={path} class={reach.drops[i]?.reason === reason ? 'side chosen' : 'side'} fill="url(#hatch)" onClick={() => choose(reach.drops[i]?.reason ?? '')} />)}
        {segment.main.map((path, i) => <path key={i} d={path} class="water" />)}
      </svg>
      <div class="told">
        <h3>{reach.name}</h3>
        <p class="amount">{tokens(reach)} <small>{rate ? 'tokens/s' : 'tokens'}</small></p>
        {reach.records !== null && <p class="soft">{few(reach.records)} {rate ? 'documents/s' : 'documents'}</p>}
        <p class="soft pressure">{held(reach)}</p>
        {notes[reach.key] !== undefined && <p class="soft">{notes[reach.key]}</p>}
        {reach.key === 'sources' && streams.length > 1 && <ul>{streams.map((stream) => <li key={stream.name} class="soft">{stream.name} {share(stream.records / Math.max(1e-9, reach.records ?? 0))}</li>)}</ul>}
        <ul>{reach.drops.slice(0, SHOWN_DROPS).map((drop) => <li key={drop.reason}><DropButton drop={drop} rate={rate} chosen={drop.reason === reason} choose={choose} /></li>)}</ul>
        {reach.drops.length > SHOWN_DROPS && <p class="soft">and {few(total(reach.drops.slice(SHOWN_DROPS)))} for {reach.drops.length - SHOWN_DROPS} other reasons</p>}
      </div>
    </li>
  );
}

const tokens = (reach: Reach): string => (reach.tokens === null ? '–' : `${reach.estimated ? '≈ ' : ''}${short(reach.tokens)}`);

/** The colour of the water in words. */
function held({ key, pressure }: Reach): string {
  if (pressure === null) return '';
  if (key === 'train') return `waits for data ${share(1 - pressure.busy)}`;
  const words = { free: '', slow: '▲\u00a0', held: '▲▲\u00a0' }[grade(pressure)];
  return `busy ${share(pressure.busy)}, ${words}held\u00a0back ${share(pressure.held)}`;
}

function DropButton({ drop, rate, chosen, choose }: { drop: Drop; rate: boolean; chosen: boolean; choose: (reason: string) => void }) {
  const amount = rate ? `${few(drop.records)}/s` : drop.records < 10_000 ? whole(drop.records) : short(drop.records);
  return <button type="button" class="small" aria-pressed={chosen} onClick={() => choose(chosen ? '' : drop.reason)}>{amount} {plain(drop.reason)}</button>;
}

/** The same for whoever cannot see it. */
function Table({ reaches, rate }: Props) {
  const of = rate ? ' per second' : '';
  return (
    <div class="unseen"><table>
      <caption>What flows from the sources to the checkpoints</caption>
      <thead><tr><th scope="col">Reach</th><th scope="col">Tokens{of}</th><th scope="col">Documents{of}</th><th scope="col">Task</th><th scope="col">What leaves here</th></tr></thead>
      <tbody>{reaches.map((reach) => (
        <tr key={reach.key}>
          <th scope="row">{reach.name}</th><td>{tokens(reach)}</td><td>{few(reach.records)}</td><td>{held(reach)}</td>
          <td>{reach.drops.map((drop) => `${few(drop.records)} ${plain(drop.reason)}`).join(', ') || 'nothing'}</td>
        </tr>
      ))}</tbody>
    </table></div>
  );
}
