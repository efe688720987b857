import { randomBytes } from 'node:crypto';

const PREFIX = 'console:';
/** A correlation ID has at most 128 characters. */
const MAX_IDENTITY = 100;

/**
 * Creates the correlation ID of a command of the console. It names the operator, and every event that the command leads to has it: the history of an order
 * shows who changed it.
 *
 * @param identity the ARN of the operator. Characters that a correlation ID cannot have are replaced.
 */
export const correlationIdOf = (identity: string): string =>
  `${PREFIX}${identity.replaceAll('/', ':').replace(/[^A-Za-z0-9._:-]/g, '-').slice(-MAX_IDENTITY)}:${randomBytes(4).toString('hex')}`;

/** The operator in the correlation ID of a command of the console; undefined for any other. */
export function operatorIn(correlationId: unknown): string | undefined {
  const [, operator] = typeof correlationId === 'string' ? /^console:(.+):[0-9a-f]{8}$/.exec(correlationId) ?? [] : [];
  return operator;
}
