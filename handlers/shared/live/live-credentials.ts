import { LIVE_SUBPROTOCOL } from '../../../src/private/contract';
import { headerValue, type Headers } from '../http/request-headers';

/** What a client presents when it opens a connection. */
export interface LiveCredentials {
  readonly token?: string;
  readonly apiKey?: string;
}

/**
 * Reads the credentials of a client: from the headers `Authorization` and `x-api-key`, or, because browsers cannot set headers, from subprotocols such as
 * `bearer.<token>`. A query string would end up in logs.
 */
export function liveCredentials(headers: Headers): LiveCredentials {
  const offered = offeredSubprotocols(headers);
  const [, token] = /^Bearer +(\S+)$/i.exec(headerValue(headers, 'authorization')?.trim() ?? '') ?? [];
  return {
    token: token ?? offeredWith(offered, LIVE_SUBPROTOCOL.bearer),
    apiKey: headerValue(headers, 'x-api-key')?.trim() ?? offeredWith(offered, LIVE_SUBPROTOCOL.apiKey),
  };
}

/** The subprotocols that a client offers. */
export const offeredSubprotocols = (headers: Headers): string[] =>
  (headerValue(headers, 'sec-websocket-protocol') ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');

const offeredWith = (offered: readonly string[], beginning: string): string | undefined =>
  offered.find((name) => name.startsWith(beginning) && name.length > beginning.length)?.slice(beginning.length);
