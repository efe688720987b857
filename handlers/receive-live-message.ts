import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  connectionExpiry, errorMessage, handshakeHeaders, handshakeOf, isConnectionOver, parseLiveRequest, Problem, readEnv, report, reportCount,
  reportError, topicOf,
  type ConnectEvent, type LiveConnection, type LiveMessage, type LiveRequest,
} from '#shared';
import { connectionsAt } from './aws/connections';
import { subscribe } from './aws/live-subscriptions';
import { deleteConnection, deleteSubscription, getConnection, putConnection } from './aws/live-table';
import { orderReadPublisher } from './aws/order-read-publisher';
import { LIVE_FAILURE_OUTCOME, type CallerSettings } from '../src/private/contract';

const env = readEnv('receive-live-message');
const settings = env.CALLERS ? JSON.parse(env.CALLERS) as CallerSettings : undefined;
const connections = connectionsAt(env.CONNECTIONS_URL);
const publishOrderReads = orderReadPublisher(env);

/** Opens and closes connections for live updates, and answers the messages of clients. */
export const handler = async (event: ConnectEvent): Promise<{ statusCode: number; headers?: Record<string, string> }> => {
  const { requestContext: { routeKey, connectionId, requestId } } = event;
  if (routeKey === '$connect') return connect(event);
  if (routeKey === '$disconnect') {
    if (await deleteConnection(env.LIVE_TABLE_NAME, connectionId)) report('live connection closed', [{ outcome: 'LiveConnectionClosed', correlationId: requestId }]);
  } else {await receive(event);}
  return { statusCode: 200 };
};

async function connect(event: ConnectEvent): Promise<{ statusCode: number; headers?: Record<string, string> }> {
  const { requestContext: { connectionId, requestId }, headers = {} } = event;
  try {
    const subprotocol = handshakeHeaders(headers);
    const { caller, tokenExpiry } = handshakeOf(event, settings);
    await putConnection(env.LIVE_TABLE_NAME, { connectionId, caller, expiresAt: connectionExpiry(new Date(), tokenExpiry) });
    report('live connection opened', [{ outcome: 'LiveConnectionOpened', correlationId: requestId }]);
    return { statusCode: 200, headers: subprotocol };
  } catch (error) {
    if (error instanceof Problem) return { statusCode: error.status };
    reportError('live connection failed', requestId, error);
    reportCount(LIVE_FAILURE_OUTCOME, 1);
    return { statusCode: 503 };
  }
}

/** Answers a message. Every error is a message to the client, too. */
async function receive(event: ConnectEvent): Promise<void> {
  const { requestContext: { connectionId, requestId: correlationId } } = event;
  const send: Send = async (message) => {
    if (!await connections.post(connectionId, message)) await deleteConnection(env.LIVE_TABLE_NAME, connectionId);
  };
  let request: LiveRequest | undefined;
  try {
    const connection = await openConnection(connectionId);
    request = parseLiveRequest(event.body ?? '');
    await answer(request, connection, send, event);
  } catch (error) {
    const problem = error instanceof Problem ? error : failure(correlationId, error);
    await send(errorMessage(problem, correlationId, request));
    if (problem.code === CONNECTION_OVER) await connections.close(connectionId);
  }
}

function failure(correlationId: string, error: unknown): Problem {
  reportError('live message failed', correlationId, error);
  reportCount(LIVE_FAILURE_OUTCOME, 1);
  return new Problem(503, 'unavailable', 'the service is temporarily unavailable; send the message again');
}

const CONNECTION_OVER = 'connection-over';

async function openConnection(connectionId: string): Promise<LiveConnection> {
  const connection = await getConnection(env.LIVE_TABLE_NAME, connectionId);
  if (connection && !isConnectionOver(connection, new Date())) return connection;
  throw new Problem(401, CONNECTION_OVER, 'the connection is over, because the token has expired; open another one with a new token, and resume');
}

type Send = (message: LiveMessage) => Promise<void>;

async function answer(request: LiveRequest, connection: LiveConnection, send: Send, event: ConnectEvent): Promise<void> {
  const { requestId } = request;
  const reply = requestId === undefined ? {} : { requestId };
  if (request.action === 'ping') return send({ type: 'pong', ...reply });
  const correlationId = event.requestContext.requestId;
  if (request.action === 'subscribe') {
    await subscribe(request, connection, {
      env, send, publishReads: async (caller, orders) => publishOrderReads(event as unknown as APIGatewayProxyEvent, correlationId, caller, orders),
    });
    return report('subscribed', [{ outcome: 'LiveSubscriptionStarted', correlationId }]);
  }
  const topic = topicOf(request.target, connection.caller.tenant);
  if (!connection.topics.has(topic)) throw new Problem(404, 'not-subscribed', 'the connection has no such subscription');
  await deleteSubscription(env.LIVE_TABLE_NAME, topic, connection.connectionId);
  return send({ type: 'unsubscribed', ...request.target, ...reply });
}
