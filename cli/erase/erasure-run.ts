import type { ErasableModel } from './erasable-model';
import type { EraseCommandLine } from './erase-command-line';
import type { Eraser } from './eraser';
import type { ErasureAws } from './erasure-aws';
import { identityOf, type OrderKey } from '../../handlers/shared/orders/order-identity';
import type { ConsoleAws } from '../console/aws/console-aws';
import type { ConsolePipeline } from '../console/deployment/console-pipeline';

/** What the steps of an erasure share. */
export interface ErasureRun {
  readonly command: EraseCommandLine;
  readonly pipeline: ConsolePipeline;
  readonly model: ErasableModel;
  readonly aws: ErasureAws;
  readonly console: Pick<ConsoleAws, 'deadLetterQueues' | 'identity'>;
  readonly eraser: Eraser;
  /** The orders of the customer, and those that were erased before. */
  readonly orders: Set<OrderKey>;
  readonly now: () => Date;
  readonly interruption: AbortSignal;
  /** Shows the progress. */
  readonly progress: (text: string) => void;
}

/** A write of an erasure. */
export interface Change {
  readonly order?: OrderKey;
  /** The number of fields that it erases. */
  readonly fields: number;
  /** Returns false if it could not be made, because another writer was faster. */
  readonly apply: () => Promise<boolean>;
}

/** The result in one place. */
export interface PlaceResult {
  readonly place: string;
  /** Such as `events` or `messages`. */
  readonly what: string;
  readonly found: number;
  /** The number of personal fields in them, where it is known. */
  readonly fields?: number;
  readonly action: 'erase' | 'delete' | 'list';
  /** How many of them were erased or deleted. */
  readonly done: number;
  /** Whether there may be more that could not be read. */
  readonly isPartial?: boolean;
  /** Why it is not complete, or what to do. */
  readonly note?: string;
}

/** Whether an order is of the tenant of the command. */
export const isOfTenant = ({ command, pipeline }: Pick<ErasureRun, 'command' | 'pipeline'>, order: OrderKey): boolean =>
  !pipeline.hasTenants || identityOf(order).tenant === command.tenant;
