import type { ComponentChildren } from 'preact';
import { ProblemBox } from './problem-box';
import type { Loaded } from '../state/use-loaded';

interface LoadedContentProps<Data> {
  readonly loaded: Loaded<Data>;
  readonly what: string;
  readonly children: (data: Data) => ComponentChildren;
}

/** Shows what was read, that it is being read, or why it could not be read. */
export function LoadedContent<Data>({ loaded: { data, problem, isLoading, reload }, what, children }: LoadedContentProps<Data>) {
  return (
    <>
      {problem && <ProblemBox problem={problem} onRetry={reload} />}
      {data === undefined && isLoading && <p class="loading" role="status">Reading {what}…</p>}
      {data !== undefined && children(data)}
    </>
  );
}
