import {
  ApiGatewayManagementApiClient, DeleteConnectionCommand, GoneException, PostToConnectionCommand, type ApiGatewayManagementApiClientConfig,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { localAwsEndpoint } from '#shared';
import { clientConfig } from './client-config';

/** Sends messages to the connections of a WebSocket API. */
export interface Connections {
  /** Returns whether the connection exists. */
  post(connectionId: string, message: object): Promise<boolean>;
  /** Closes a connection, if it exists. */
  close(connectionId: string): Promise<void>;
}

/** @param url the URL of the stage. */
export function connectionsAt(url: string): Connections {
  const client = new ApiGatewayManagementApiClient({ ...clientConfig(), endpoint: callbackUrl(url) } as ApiGatewayManagementApiClientConfig);
  return {
    post: (ConnectionId, message) => {
      const Data = Buffer.from(JSON.stringify(message));
      return unlessGone(() => client.send(new PostToConnectionCommand({ ConnectionId, Data })));
    },
    close: async (ConnectionId) => {
      await unlessGone(() => client.send(new DeleteConnectionCommand({ ConnectionId })));
    },
  };
}

/** A local AWS has one address for all APIs, and their IDs and stages in the path. */
export function callbackUrl(url: string, localAws = localAwsEndpoint()): string {
  const { hostname, pathname } = new URL(url);
  return localAws ? `${localAws}/_aws/execute-api/${hostname.split('.')[0]}${pathname}` : url;
}

async function unlessGone(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
