/** The name of a tenant: with the longest order ID, it fits into the message group ID of SQS, which has 128 characters. */
export const TENANT_PATTERN = /^[A-Za-z0-9_-]{1,50}$/;

/** Where a record of a source names its tenant. */
export type SourceTenant =
  /** All records of the source belong to one tenant. */
  | { readonly kind: 'fixed'; readonly tenant: string }
  /** A JSON Pointer into the JSON of the record. */
  | { readonly kind: 'field'; readonly pointer: string }
  /** A header, property or attribute of the record. */
  | { readonly kind: 'header'; readonly name: string };
