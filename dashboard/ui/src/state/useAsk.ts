import { useEffect, useState } from 'preact/hooks';
import * as api from '../api';
import { paused } from './live';

export interface Asked<T> {
  answer: T | null; // the newest there is, while the next is on its way
  busy: boolean;
  problem: string;
}

type Query = Parameters<typeof api.get>[1];

/** Asks whenever the question changes, or the beat does; a question without a path waits. */
export function useAsk<T>(path: string | null, query: Query = {}, beat = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, busy: false, problem: '' });
  const key = path === null ? '' : JSON.stringify([path, query, beat]);
  useEffect(() => {
    if (path === null) return undefined;
    const cancelled = new AbortController();
    setAsked((before) => ({ ...before, busy: true, problem: '' }));
    api.get<T>(path, query, cancelled.signal).then(
      (answer) => setAsked({ answer, busy: false, problem: '' }),
      (error: Error) => {
        if (!cancelled.signal.aborted) setAsked((before) => ({ ...before, busy: false, problem: error.message }));
      },
    );
    return () => cancelled.abort();
  }, [key]);
  return asked;
}

/** Asks again and again, so long after each answer; not while the page is out of sight. */
export function usePoll<T>(path: string, millis: number, query: Query = {}): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, busy: true, problem: '' });
  useEffect(() => {
    const cancelled = new AbortController();
    let timer = 0;
    const ask = async () => {
      try {
        if (!document.hidden && !paused.peek()) {
          const answer = await api.get<T>(path, query, cancelled.signal);
          setAsked({ answer, busy: false, problem: '' });
        }
      } catch (error) {
        if (cancelled.signal.aborted) return;
        setAsked((before) => ({ ...before, busy: false, problem: (error as Error).message }));
      }
      timer = window.setTimeout(() => void ask(), millis);
    };
    void ask();
    return () => {
      cancelled.abort();
      clearTimeout(timer);
    };
  }, [path, millis, JSON.stringify(query)]);
  return asked;
}
