import type { FileOrderOutcome } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

/** What became of an order of a file. It is stored with the order, also where no event is published, and recorded from the table's stream. */
export interface FileOutcome {
  readonly fileId: string;
  /** The index of the order in the file, from 0. */
  readonly index: number;
  readonly outcome: FileOrderOutcome;
  readonly at: string;
  /** Why the order was rejected. */
  readonly rejection?: FileOrderRejection;
}

/** Why an order of a file was rejected. */
export interface FileOrderRejection {
  readonly code: string;
  readonly reason: string;
  readonly errors: readonly FieldError[];
}
