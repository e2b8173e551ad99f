import { useEffect, useState } from 'preact/hooks';
import * as api from '../api';

export interface Asked<T> {
  answer: T | null; // the newest there is, while the next is on its way
  busy: boolean;
  problem: string;
}

type Query = Parameters<typeof api.get>[1];

/** Asks whenever the question changes; a question without a path waits. */
export function useAsk<T>(path: string | null, query: Query = {}): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, busy: false, problem: '' });
  const key = path === null ? '' : JSON.stringify([path, query]);
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
