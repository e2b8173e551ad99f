/** Answers to what is asked first: is it running, is it fed, is it learning, and when is the next checkpoint. Times are in ms. */

import type { Fields, Overview } from './api';
import { bytes, duration, number, percent, short, whole } from './format';

export type Mood = 'good' | 'warn' | 'bad' | 'still';

export interface Verdict {
  question: string;
  answer: string;
  mood: Mood;
  note: string;
}

const SILENT_STEPS = 20;
const SILENT_MILLIS = 60_000;
const WEEK_MILLIS = 6 * 86_400_000;
const HUNGRY = 0.1;
const STARVING = 0.5;

export function setting(facts: Overview, name: string): unknown {
  return (facts.start?.settings as Fields | undefined)?.[name];
}

/** PT1M30S → 90000. */
export function isoMillis(text: unknown): number | null {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(String(text));
  return parts === null ? null : 1000 * (3600 * Number(parts[1] ?? 0) + 60 * Number(parts[2] ?? 0) + Number(parts[3] ?? 0));
}

/** Time from step to step. */
function pace(facts: Overview): number | null {
  const millis = number(facts.step?.stepMillis);
  return millis === null ? null : millis + (number(facts.step?.waitMillis) ?? 0);
}

/** 18:05, or Tue 18:05 where that is another day. */
function clock(at: number, now: number): string {
  const day = new Date(at).toDateString() === new Date(now).toDateString() ? {} : at - now < WEEK_MILLIS ? { weekday: 'short' as const } : { day: 'numeric' as const, month: 'short' as const };
  return new Date(at).toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit' });
}

function lastStep(facts: Overview, now: number): string {
  const last = number(setting(facts, 'train.steps'));
  const step = number(facts.step?.step) ?? 0;
  const each = pace(facts);
  if (last === null || last === 0) return 'goes on until it is stopped';
  if (step >= last) return `all ${whole(last)} steps are made`;
  const left = (last - step) * (each ?? 0);
  return each === null ? `of ${whole(last)} steps` : `ends about ${clock(now + left, now)}, in ${duration(left)}, after ${whole(last - step)} more steps`;
}

export function running(facts: Overview, now: number): Verdict {
  const question = 'Is it running?';
  const heard = facts.lastEvent === null ? null : now - Date.parse(facts.lastEvent);
  const silence = Math.max(SILENT_MILLIS, SILENT_STEPS * (pace(facts) ?? 0));
  switch (facts.state) {
    case 'EMPTY':
      return { question, answer: 'Not yet', mood: 'still', note: 'start a trainer, and its steps appear here' };
    case 'FAILED':
      return { question, answer: 'Failed', mood: 'bad', note: facts.detail };
    case 'STOPPED':
      return { question, answer: 'Stopped', mood: 'still', note: facts.detail || `after step ${whole(facts.step?.step)}` };
    case 'WAITING':
      return { question, answer: 'Waiting', mood: 'warn', note: facts.detail };
    case 'RUNNING':
      return heard !== null && heard > silence
        ? { question, answer: 'Silent', mood: 'warn', note: `nothing heard for ${duration(heard)}` }
        : { question, answer: 'Running', mood: 'good', note: lastStep(facts, now) };
  }
}

export function fed(facts: Overview): Verdict {
  const question = 'Is it fed?';
  const lag = number(facts.step?.lagSeconds);
  const behind = lag === null ? '' : `${short(facts.step?.lagTokens)} tokens or ${duration(1000 * lag)} behind the log`;
  const computing = number(facts.step?.stepMillis);
  const waiting = number(facts.step?.waitMillis);
  if (computing === null || waiting === null) return { question, answer: '–', mood: 'still', note: 'no step has been made yet' };
  const share = waiting / Math.max(1e-9, waiting + computing);
  if (facts.state === 'STOPPED' || facts.state === 'FAILED') return { question, answer: '–', mood: 'still', note: behind };
  if (facts.state === 'WAITING' || share > STARVING) return { question, answer: 'Starving', mood: 'bad', note: facts.state === 'WAITING' ? facts.detail : `${percent(share)} of a step is waiting` };
  return share > HUNGRY
    ? { question, answer: 'Hungry', mood: 'warn', note: `${percent(share)} of a step is waiting` }
    : { question, answer: 'Fed', mood: 'good', note: behind };
}

const OLD_MILLIS = 86_400_000;

/** How old documents are when they are learned from. Of an archive, whose events are days old and more, since they arrived. */
export function freshness(facts: Overview): { leg: string; half: number | null; most: number | null } {
  const event = facts.freshness?.eventToStep as Fields | undefined;
  const arrival = facts.freshness?.ingestToStep as Fields | undefined;
  const old = arrival !== undefined && (number(event?.p50Millis) ?? Infinity) > OLD_MILLIS;
  const leg = old ? arrival : event;
  return { leg: old ? 'arrival to step' : 'event to step', half: number(leg?.p50Millis), most: number(leg?.p99Millis) };
}

/** From the average loss along the run, in the order of steps. */
export function learning(smooth: (number | null)[]): Verdict {
  const question = 'Is it learning?';
  const known = smooth.filter((loss): loss is number => loss !== null);
  if (known.length < 10) return { question, answer: '–', mood: 'still', note: 'too few steps to tell' };
  const mean = (from: number, to: number) => {
    const part = known.slice(Math.floor(from * known.length), Math.ceil(to * known.length));
    return part.reduce((sum, loss) => sum + loss, 0) / part.length;
  };
  const change = mean(0.9, 1) - mean(0.7, 0.8);
  const note = `loss ${change <= 0 ? 'down' : 'up'} ${Math.abs(change).toFixed(3)} nats over the last fifth`;
  if (change < -1e-3) return { question, answer: 'Learning', mood: 'good', note };
  return change > 0.05 * mean(0.7, 0.8) ? { question, answer: 'Worsening', mood: 'bad', note } : { question, answer: 'Level', mood: 'still', note };
}

/** When the next one is due: by time for temporary ones, by steps for permanent ones. */
export function nextCheckpoint(facts: Overview, now: number): Verdict {
  const question = 'Next checkpoint?';
  const last = facts.checkpoint;
  const note = last === null ? 'none yet' : `last after step ${whole(last.step)}, ${duration(now - Date.parse(String(last.time)))} ago, ${bytes(last.bytes)}`;
  if (facts.state !== 'RUNNING' && facts.state !== 'WAITING') return { question, answer: '–', mood: 'still', note };
  const every = isoMillis(setting(facts, 'train.checkpoint.every'));
  const since = Date.parse(String(last?.time ?? facts.start?.time));
  const byTime = every === null ? Infinity : since + every - now;
  const steps = number(setting(facts, 'train.checkpoint.permanentEverySteps')) ?? 0;
  const step = number(facts.step?.step) ?? 0;
  const byStep = steps > 0 ? (steps - (step % steps)) * (pace(facts) ?? Infinity) : Infinity;
  const left = Math.min(byTime, byStep);
  if (!Number.isFinite(left)) return { question, answer: '–', mood: 'still', note };
  return { question, answer: left <= 0 ? 'Due' : `In ${duration(1000 * Math.ceil(left / 1000))}`, mood: 'good', note };
}
