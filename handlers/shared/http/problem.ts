import { STATUS_CODES } from 'node:http';
import type { FieldError } from '../json/field-error';

/** An error response as defined by RFC 9457. `restHandler` catches it and returns it to the client. */
export class Problem extends Error {
  /**
   * @param status HTTP status.
   * @param code   The type of problem, in kebab-case: the last part of `type`.
   * @param detail What is wrong and how to fix it, for developers.
   * @param errors The error of each field.
   * @param headers Further headers of the response.
   */
  constructor(
    readonly status: number, readonly code: string, readonly detail: string, readonly errors: readonly FieldError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  /** Returns the members of the `application/problem+json` body. */
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
