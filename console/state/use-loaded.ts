import { useEffect, useState } from 'preact/hooks';
import type { ConsoleProblem } from '../../cli/console/console-api';
import { problemOf } from '../api/request';

/** Something that is read from the server. What was read before is kept while it is read again. */
export interface Loaded<Data> {
  readonly data?: Data;
  readonly problem?: ConsoleProblem;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Reads something when the key changes, when it is reloaded, and after a pause if there is one. */
export function useLoaded<Data>(
  key: string, load: (signal: AbortSignal) => Promise<Data>, pauseMs?: (data: Data | undefined) => number | undefined,
): Loaded<Data> {
  const [state, setState] = useState<{ key: string; data?: Data; problem?: ConsoleProblem; isLoading: boolean }>({ key, isLoading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (data: Data | undefined) => {
      const pause = pauseMs?.(data);
      if (pause !== undefined) timer = setTimeout(() => setTurn((count) => count + 1), pause);
    };
    load(abort.signal).then((data) => {
      if (abort.signal.aborted) return;
      setState({ key, data, isLoading: false });
      again(data);
    }, (error: unknown) => {
      if (abort.signal.aborted) return;
      setState((before) => ({ key, ...(before.key === key ? { data: before.data } : {}), problem: problemOf(error), isLoading: false }));
      again(undefined);
    });
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, turn]);
  const current = state.key === key ? state : { isLoading: true };
  return { ...current, reload: () => setTurn((count) => count + 1) };
}
