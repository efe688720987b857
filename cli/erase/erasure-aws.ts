import type { Attributes } from '../../handlers/aws/attribute-values';
import type { OrderStore } from '../../handlers/shared/lifecycle/apply-in-sequence';

/** A version of an object in a bucket. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId?: string;
  readonly bytes: number;
}

/** The requests of an erasure besides those of the console. */
export interface ErasureAws {
  /** All items of a table, in pages. */
  readonly scan: (table: string) => AsyncIterable<readonly Attributes[]>;
  readonly orders: (table: string) => OrderStore;
  /**
   * Writes the attributes by which an item differs from before.
   *
   * @returns false if one of them is not as it was before, or the item no longer exists.
   */
  readonly update: (table: string, keys: readonly string[], before: Attributes, after: Attributes) => Promise<boolean>;
  readonly put: (table: string, item: Attributes) => Promise<unknown>;
  readonly deleteMessage: (queueUrl: string, receiptHandle: string) => Promise<unknown>;
  /** Lists all versions of the objects under a prefix. */
  readonly listVersions: (bucket: string, prefix: string) => AsyncIterable<readonly ObjectVersion[]>;
  readonly readVersion: (bucket: string, version: ObjectVersion) => Promise<AsyncIterable<Uint8Array>>;
  readonly deleteVersion: (bucket: string, version: ObjectVersion) => Promise<unknown>;
}
