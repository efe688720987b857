import { STATUS_CODES } from 'node:http';
import type { FieldError } from '../json/field-error';

/** A request that cannot be served, as RFC 9457 describes it. Thrown anywhere below a REST handler, answered at its top. */
export class Problem extends Error {
  /**
   * @param status HTTP status.
   * @param code   The kind of problem, in kebab-case; becomes the last part of `type`.
   * @param detail What happened and what to do about it, for a person.
   */
  constructor(readonly status: number, readonly code: string, readonly detail: string, readonly errors: readonly FieldError[] = []) {
    super(detail);
    this.name = 'Problem';
  }

  /** The members of the `application/problem+json` body. */
  toBody(correlationId: string): Record<string, unknown> {
    return {
      type: `urn:cdk-order-pipeline:problem:${this.code}`,
      title: STATUS_CODES[this.status],
      status: this.status,
      detail: this.detail,
      correlationId,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    };
  }
}
