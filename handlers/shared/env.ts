import { HANDLER_ENV, type HandlerEnv, type HandlerName } from '../../src/private/contract';

/**
 * The environment of one handler, by the names its contract gives.
 *
 * @throws Error naming every variable that is missing: a deployment fault, so it fails the cold start and not an order.
 */
export function readEnv<Name extends HandlerName>(handler: Name): Record<HandlerEnv<Name>, string> {
  const names: readonly string[] = HANDLER_ENV[handler];
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`${handler}: missing environment variable ${missing.join(', ')}; the construct that made this function sets it`);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<HandlerEnv<Name>, string>;
}
