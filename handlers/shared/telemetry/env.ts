import { HANDLER_ENV, OPTIONAL_ENV, type HandlerEnv, type HandlerName, type OptionalEnv } from '../../../src/private/contract';

/** What a handler reads from its environment. */
export type Env<Name extends HandlerName> = Record<HandlerEnv<Name>, string> & Partial<Record<OptionalEnv<Name>, string>>;

/**
 * The environment of one handler, by the names its contract gives.
 *
 * @throws Error naming every variable that is missing: a deployment fault, so it fails the cold start and not an order.
 */
export function readEnv<Name extends HandlerName>(handler: Name): Env<Name> {
  const needed: readonly string[] = HANDLER_ENV[handler];
  const missing = needed.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`${handler}: missing environment variable ${missing.join(', ')}; the construct that made this function sets it`);
  }
  const optional: readonly string[] = (OPTIONAL_ENV as Partial<Record<HandlerName, readonly string[]>>)[handler] ?? [];
  return Object.fromEntries([...needed, ...optional].map((name) => [name, process.env[name]])) as Env<Name>;
}
