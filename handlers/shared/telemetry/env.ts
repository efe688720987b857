import { HANDLER_ENV, OPTIONAL_ENV, type HandlerEnv, type HandlerName, type OptionalEnv } from '../../../src/private/contract';

/** The environment variables of a handler. */
export type Env<Name extends HandlerName> = Record<HandlerEnv<Name>, string> & Partial<Record<OptionalEnv<Name>, string>>;

/**
 * Reads the environment variables of one handler, as listed in the contract.
 *
 * @throws Error naming every missing variable. Call it at cold start, so that a deployment error fails before any order is consumed.
 */
export function readEnv<Name extends HandlerName>(handler: Name): Env<Name> {
  const required: readonly string[] = HANDLER_ENV[handler];
  const missing = required.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`${handler}: missing environment variable ${missing.join(', ')}; the construct that created this function sets it`);
  }
  const optional: readonly string[] = (OPTIONAL_ENV as Partial<Record<HandlerName, readonly string[]>>)[handler] ?? [];
  return Object.fromEntries([...required, ...optional].map((name) => [name, process.env[name]])) as Env<Name>;
}

/** The address of a local AWS, which has all services at one address. The SDK reads it, too. Undefined on AWS. */
export const localAwsEndpoint = (): string | undefined => process.env.AWS_ENDPOINT_URL;
