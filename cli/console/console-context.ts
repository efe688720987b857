import type { Aws } from '../aws';
import type { ConsoleAws } from './aws/console-aws';
import type { MissingPermissions } from './data/missing-permissions';
import type { ConsolePipeline } from './deployment/console-pipeline';
import type { PipelineApi } from '../try/locate-api';

/** What the console reads and changes, and how. */
export interface ConsoleContext {
  readonly pipeline: ConsolePipeline;
  readonly aws: ConsoleAws;
  readonly invoke: Aws['invoke'];
  /** The API of the pipeline and the credentials for it; undefined if it has no outputs. */
  readonly api?: PipelineApi;
  readonly fetch: typeof globalThis.fetch;
  /** The ARN of the operator. */
  readonly operator: string;
  readonly permissions: MissingPermissions;
  /** Whether contents of orders are shown. */
  readonly showsContents: boolean;
}
