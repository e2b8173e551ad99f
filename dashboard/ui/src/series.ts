/** What series are called, which unit they have, and which of them are drawn together. */

import { bytes, duration, percent, short, trimmed } from './format';

const TITLES: Record<string, string> = {
  loss: 'Loss',
  bitsPerByte: 'Bits per byte',
  recentBitsPerByte: 'Bits per byte, new texts lately',
  heldOutBitsPerByte: 'Bits per byte, held out',
  'eval/bitsPerByte': 'Bits per byte, held out',
  'days/bitsPerByte': 'Bits per byte, held out',
  'prequential/bitsPerByte': 'Bits per byte, new texts so far',
  learningRate: 'Learning rate',
  gradNorm: 'Gradient norm',
  tokensPerSecond: 'Tokens per second',
  mfu: 'Share of peak FLOP/s',
  waitShare: 'Share of time waited',
  tooOld: 'Documents too old to learn from',
  lagTokens: 'Tokens behind the log',
  lagSeconds: 'Time behind the log',
  eventLagSeconds: 'Time behind the events',
  eventToStep: 'Freshness, event to step',
  ingestToStep: 'Freshness, arrival to step',
  commitToStep: 'Freshness, commit to step',
  stallMillis: 'Training stood still',
  writeMillis: 'Time to write',
  'evaluation/stallMillis': 'Training stood still to evaluate',
  millis: 'Time to evaluate',
  bytes: 'Size',
  'probe/bitsPerByte': 'Bits per byte, probe texts',
  'probe/byText': 'Bits per byte of each probe text',
  entropyBits: 'Bits of choice where heads look',
  distance: 'Tokens that heads look back',
  previousTokenShare: 'Heads on the token before',
  firstTokenShare: 'Heads on the first token',
  idleHeads: 'Heads that do nothing',
  embeddingNorm: 'Length of embeddings',
  'probe/weights': 'Size of a weight, by kind',
};

/** What the time from step to step consists of. */
const PARTS: Record<string, string> = {
  'step/stepMillis': 'computing, all',
  'step/forwardMillis': 'forward',
  'step/outputMillis': 'output, both ways',
  'step/backwardMillis': 'backward',
  'step/updateMillis': 'update',
  'step/waitMillis': 'waiting',
  'step/asideMillis': 'saving, evaluating',
};

/** Sections of the page, and the kinds of events in each. */
const SECTIONS: [string, RegExp][] = [
  ['Learning', /^step\/(loss|bitsPerByte|gradNorm|learningRate)$/],
  ['Evaluation', /^(eval|days|evaluation|prequential|suite)\//],
  ['Speed', /^step\/(tokensPerSecond|mfu|time)$/],
  ['Data', /^(step|freshness)\//],
  ['Health', /^probe\//],
  ['Checkpoints', /^checkpoint\//],
];

/** Counts that grow with the run and say nothing in a chart. */
const PASSED_OVER = /^(freshness\/documents|step\/(waitShare|logEntry)|eval\/heldOut(Bytes|Documents)|days\/throughEntry|days\/.*\/(?!bitsPerByte)\w+|(eval|prequential)\/(.*\/)?(bytes|documents)|suite\/.*\/questions)$/;

/** Parts that a figure is told of, and how that is said in a title. */
const BY: Record<string, string> = { bySource: ', by source', byLanguage: ', by language', byDay: ', by day of publication' };
const isPart = (parts: string[]): boolean => parts.some((part) => part in BY);

/** Days that are drawn, so that lines can be told apart. */
const MOST_DAYS = 8;

function words(name: string): string {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return apart.charAt(0).toUpperCase() + apart.slice(1);
}

/** step/gradNorm → Gradient norm; suite/piqa/figures/accuracy → piqa · Accuracy. */
export function title(key: string): string {
  if (key === 'step/time') return 'Time of a step';
  const parts = key.split('/');
  const last = parts.at(-1) ?? '';
  const inner = parts.slice(1, -1).filter((part) => !(part in BY) && part !== 'figures');
  const by = parts.flatMap((part) => BY[part] ?? []).join('');
  return [...inner, (TITLES[`${parts[0]}/${last}`] ?? TITLES[last] ?? words(last)) + by].join(' · ');
}

type Unit = 'millis' | 'seconds' | 'share' | 'bytes' | 'plain';

function unit(series: string): Unit {
  if (/Millis$|\/time$|\/millis$|^freshness\//.test(series)) return 'millis';
  if (/Seconds$/.test(series)) return 'seconds';
  if (/(mfu|Share|accuracy)$/i.test(series)) return 'share';
  return /\/bytes$/.test(series) ? 'bytes' : 'plain';
}

/** A figure of a series, with its unit. */
export function figure(series: string, value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  switch (unit(series)) {
    case 'millis':
      return duration(value);
    case 'seconds':
      return duration(1000 * value);
    case 'share':
      return percent(value);
    case 'bytes':
      return bytes(value);
    case 'plain':
      return /(loss|bitsPerByte|norm)$/i.test(series) && Math.abs(value) < 1000 ? value.toFixed(3) : trimmed(short(value));
  }
}

/** The same beside an axis, where neighbours are so far apart: in one unit, with the digits that tell them apart. */
export function tick(series: string, value: number, step: number): string {
  switch (unit(series)) {
    case 'millis':
      return oneUnit(value, step, TIMES, 4);
    case 'seconds':
      return oneUnit(1000 * value, 1000 * step, TIMES, 4);
    case 'share':
      return `${(100 * value).toFixed(digits(100 * step))} %`;
    case 'bytes':
      return oneUnit(value, step, SIZES, 1e4);
    case 'plain':
      if (Math.abs(value) >= 1e4) return counted(value, step);
      return step < 1e-6 ? trimmed(value.toExponential(2)) : value.toFixed(digits(step));
  }
}

const TIMES: [number, string][] = [[31_557_600_000, 'y'], [86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's'], [1, 'ms']];
const SIZES: [number, string][] = [[1e12, 'TB'], [1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB'], [1, 'B']];

/** In the largest unit that tells neighbours apart. */
function oneUnit(value: number, step: number, units: [number, string][], most: number): string {
  const [size, name] = units.find(([each]) => most * step >= each) ?? [1, units.at(-1)?.[1] ?? ''];
  return value === 0 ? '0' : `${trimmed((value / size).toFixed(Math.min(most > 10 ? 4 : 1, digits(step / size))))} ${name}`;
}

const COUNTS: [number, string][] = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];

/** In the largest unit that is not above it. */
function counted(value: number, step: number): string {
  const [size, name] = COUNTS.find(([each]) => Math.abs(value) >= each) ?? [1e3, 'k'];
  return size === 1e12 && Math.abs(value) >= 1e15 ? value.toExponential(2) : `${trimmed((value / size).toFixed(Math.min(4, digits(step / size))))} ${name}`;
}

/** Digits after the point that tell multiples of a step apart. */
function digits(step: number): number {
  const exact = [0, 1, 2, 3, 4, 5, 6].find((count) => Math.abs(step * 10 ** count - Math.round(step * 10 ** count)) < 1e-6);
  return exact ?? 7;
}

/** What is drawn in one chart: a figure of all sources, languages or percentiles, or times that add up. */
function chartOf(name: string): string {
  if (name in PARTS) return 'step/time';
  const parts = name.split('/');
  if (/^p\d+Millis$/.test(parts.at(-1) ?? '')) return parts.slice(0, -1).join('/');
  if (/^probe\/(byText|weights)\//.test(name)) return `probe/${parts[1]}`;
  if (isPart(parts)) return [parts[0], parts[1], parts.at(-1)].join('/');
  return name;
}

/** Days in their order, without some of the middle where they are many; of days of reading, the newest. */
function spread(series: string[]): string[] {
  const time = (name: string): string => lineName(name).replace(/^before .*/, '');
  const isRead = (name: string): boolean => lineName(name).startsWith('read ');
  const days = [...series].sort((a, b) => (time(a) < time(b) ? -1 : 1));
  const read = days.filter(isRead).slice(-1);
  const published = days.filter((name) => !isRead(name));
  const most = MOST_DAYS - read.length;
  const drawn = published.length <= most ? published : Array.from({ length: most }, (_, i) => published[Math.round((i * (published.length - 1)) / (most - 1))] as string);
  return [...drawn, ...read];
}

/** Series by chart. Where there is one source or one language alone, all of them together say the same. */
export function groups(names: string[]): Map<string, string[]> {
  const charts = new Map<string, string[]>();
  for (const name of names.filter((each) => !PASSED_OVER.test(each))) {
    const key = chartOf(name);
    charts.set(key, [...(charts.get(key) ?? []), name]);
  }
  for (const [key, members] of charts) if (key.includes('/byDay/')) charts.set(key, spread(members));
  return new Map([...charts].filter(([key, members]) => members.length > 1 || !/\/by(Source|Language)\//.test(key)));
}

/** Charts by the section they stand in. */
export function sections(charts: string[]): [string, string[]][] {
  const left = new Set(charts);
  const found = SECTIONS.map(([name, pattern]): [string, string[]] => {
    const members = [...left].filter((key) => pattern.test(key));
    members.forEach((key) => left.delete(key));
    return [name, members];
  });
  return [...found, ['More', [...left]] as [string, string[]]].filter(([, members]) => members.length > 0);
}

/** What a line is called in the chart of its group: its source, its percentile or its figure. */
export function lineName(name: string): string {
  const part = PARTS[name];
  if (part !== undefined) return part;
  const text = /^probe\/byText\/\d+ (.*)\/bitsPerByte$/.exec(name);
  if (text !== null) return text[1] as string;
  const parts = name.split('/');
  return isPart(parts) ? parts.slice(2, -1).join('/') : (parts.at(-1) ?? name).replace(/Millis$/, '');
}
