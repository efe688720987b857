import type { Aws } from './aws';
import type { PipelineLocation } from './options';

/** The dependencies of the commands. */
export interface CommandContext {
  readonly connect: (location: PipelineLocation) => Aws;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Whether standard error is a terminal, on which a line can be overwritten. */
  readonly isTerminal: boolean;
  /** From this call on, an interruption such as Ctrl-C no longer ends the process, but aborts the signal; a second one ends the process. */
  readonly catchInterruption: () => AbortSignal;
  readonly clock: Clock;
  /** The folder with the page of the console. */
  readonly pageFolder: string;
  /** The folder with the files of MiniStack, the local AWS. */
  readonly ministackFolder: string;
  /** Sends requests to the API of a pipeline. */
  readonly fetch: typeof globalThis.fetch;
}

/** The time. */
export interface Clock {
  /** Unix time in milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
