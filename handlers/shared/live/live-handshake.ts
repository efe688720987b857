import type { APIGatewayProxyEvent, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { offeredSubprotocols } from './live-credentials';
import { LIVE_SUBPROTOCOL, type CallerSettings } from '../../../src/private/contract';
import { callerOf, type Caller } from '../http/caller';
import { Problem } from '../http/problem';
import type { Headers } from '../http/request-headers';

/** The event of `$connect`, which has what the types of the other routes lack. */
export type ConnectEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly headers?: Headers;
  readonly queryStringParameters?: APIGatewayProxyEvent['queryStringParameters'];
  readonly multiValueQueryStringParameters?: APIGatewayProxyEvent['multiValueQueryStringParameters'];
  readonly requestContext: { readonly authorizer?: Readonly<Record<string, unknown>>; readonly identity?: APIGatewayProxyEvent['requestContext']['identity'] };
};

/** The entry of the authorizer's context with what it found out about the caller, as JSON: entries have no structure. */
export const AUTHORIZED_CONTEXT = 'orderPipeline';

const authorizedSchema = z.object({
  claims: z.optional(z.record(z.string(), z.unknown())),
  apiKeyId: z.optional(z.string()),
  expiresAt: z.optional(z.number()),
});

/** What `authorize-live-connection` found out about a caller. */
export type Authorized = z.infer<typeof authorizedSchema>;

/** Who opens a connection, and until when their token is valid, in Unix seconds. */
export interface Handshake {
  readonly caller: Caller;
  readonly tokenExpiry?: number;
}

/**
 * Reads who opens a connection, from what API Gateway and the authorizer pass on.
 *
 * @throws Problem 403 when the caller has no tenant or customer, 400 when an operator names no tenant.
 */
export function handshakeOf(event: ConnectEvent, settings: CallerSettings | undefined): Handshake {
  const { requestContext: { authorizer = {}, identity } } = event;
  const { [AUTHORIZED_CONTEXT]: json, ...context } = authorizer;
  const { claims, apiKeyId, expiresAt } = authorizedSchema.parse(typeof json === 'string' ? JSON.parse(json) : {});
  const requestContext = {
    authorizer: { ...context, ...(claims ? { claims } : {}) },
    identity: { ...identity, ...(apiKeyId === undefined ? {} : { apiKeyId }) },
  };
  const request = { ...event, requestContext } as unknown as APIGatewayProxyEvent;
  return { caller: callerOf(request, settings), ...(expiresAt === undefined ? {} : { tokenExpiry: expiresAt }) };
}

/**
 * Returns the headers of the response to a handshake: a client that offers subprotocols needs one of them in the response.
 *
 * @throws Problem 400 when the client does not offer the one of live updates: those with credentials are not returned.
 */
export function handshakeHeaders(headers: Headers): Record<string, string> {
  const offered = offeredSubprotocols(headers);
  if (offered.length === 0) return {};
  if (offered.includes(LIVE_SUBPROTOCOL.name)) return { 'Sec-WebSocket-Protocol': LIVE_SUBPROTOCOL.name };
  throw new Problem(400, 'unknown-subprotocol', `offer the subprotocol ${LIVE_SUBPROTOCOL.name} besides those with credentials`);
}

