import { computed, effect, signal } from '@preact/signals';
import { snapshot } from '../snapshot';

/** All that a person has chosen. It is in the address, so that a copied address shows the same. */
export interface View {
  page: Page;
  runs: string[]; // that are compared; none means the first
  axis: AxisName;
  smooth: number;
  logX: boolean;
  logY: boolean;
  outliers: boolean; // whether the y axis makes room for them
  from: number | null;
  to: number | null;
  pin: number | null; // a position whose figures stay in view
  search: string;
  choice: Record<string, string>; // what single pages ask for: a pair of checkpoints, a head, a text
}

export type Page = 'overview' | 'flow' | 'training' | 'checkpoints' | 'embeddings' | 'attention' | 'reading' | 'lineage' | 'estimate';
export const PAGES: readonly Page[] = ['overview', 'flow', 'training', 'checkpoints', 'embeddings', 'attention', 'reading', 'lineage', 'estimate'];

export const AXES = ['step', 'tokens', 'flops', 'time', 'relative'] as const;
export type AxisName = (typeof AXES)[number];

export const MOST_RUNS = 10;

export const DEFAULT: View = {
  page: 'overview',
  runs: [],
  axis: 'step',
  smooth: 0.6,
  logX: false,
  logY: false,
  outliers: false,
  from: null,
  to: null,
  pin: null,
  search: '',
  choice: {},
};

const CHARTS = ['run', 'x', 'smooth', 'logx', 'logy', 'outliers', 'from', 'to', 'pin', 'find'];

function oneOf<T extends string>(values: readonly T[], text: string | null, otherwise: T): T {
  return values.find((value) => value === text) ?? otherwise;
}

function finite(text: string | null): number | null {
  const n = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(n) ? n : null;
}

/** The view of an address; whatever is not understood is as by default. */
export function parse(path: string, search: string): View {
  const query = new URLSearchParams(search);
  return {
    page: oneOf(PAGES, path.slice(1), DEFAULT.page),
    runs: query.getAll('run').slice(0, MOST_RUNS),
    axis: oneOf(AXES, query.get('x'), DEFAULT.axis),
    smooth: Math.min(0.999, Math.max(0, finite(query.get('smooth')) ?? DEFAULT.smooth)),
    logX: query.get('logx') === '1',
    logY: query.get('logy') === '1',
    outliers: query.get('outliers') === '1',
    from: finite(query.get('from')),
    to: finite(query.get('to')),
    pin: finite(query.get('pin')),
    search: query.get('find') ?? '',
    choice: Object.fromEntries([...query].filter(([name]) => !CHARTS.includes(name) && name !== 'token')),
  };
}

/** The address of a view, without what is as by default. */
export function format(view: View): string {
  const query = new URLSearchParams();
  view.runs.forEach((run) => query.append('run', run));
  if (view.axis !== DEFAULT.axis) query.set('x', view.axis);
  if (view.smooth !== DEFAULT.smooth) query.set('smooth', String(view.smooth));
  if (view.logX) query.set('logx', '1');
  if (view.logY) query.set('logy', '1');
  if (view.outliers) query.set('outliers', '1');
  if (view.from !== null) query.set('from', String(view.from));
  if (view.to !== null) query.set('to', String(view.to));
  if (view.pin !== null) query.set('pin', String(view.pin));
  if (view.search !== '') query.set('find', view.search);
  Object.entries(view.choice).forEach(([name, value]) => value !== '' && query.set(name, value));
  const path = view.page === DEFAULT.page ? '/' : `/${view.page}`;
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What is added to the address of the page; a folder without a server has but one page, and keeps the rest behind a hash. */
export const address = (view: View): string => (snapshot === null ? format(view) : `#${format(view)}`);

function current(): View {
  if (snapshot === null) return parse(location.pathname, location.search);
  const [path = '/', search = ''] = location.hash.slice(1).split('?');
  return parse(path, search);
}

export const view = signal<View>(DEFAULT);
export const page = computed(() => view.value.page);
/** What lines are read by; another one means that they are read anew. */
export const drawn = computed(() => JSON.stringify([view.value.axis, view.value.from, view.value.to, view.value.logX, view.value.smooth]));

/** Changes some of the view. Another page is a new entry of the history, all else replaces the newest. */
export function choose(change: Partial<View>): void {
  const next = { ...view.value, ...change };
  if (next.page !== view.value.page) {
    history.pushState(null, '', address(next));
  }
  view.value = next;
}

/** Another axis: a zoom or a pin on the old one means nothing on it. */
export const chooseAxis = (axis: AxisName): void => choose({ axis, from: null, to: null, pin: null });

/** What a single page asks for. */
export const pick = (change: Record<string, string>): void => choose({ choice: { ...view.value.choice, ...change } });

/** Binds the view to the address. */
export function followAddress(): void {
  const read = () => {
    view.value = current();
  };
  read();
  addEventListener('popstate', read);
  effect(() => history.replaceState(null, '', address(view.value)));
}
