import { localUrl } from '../../cli/try/find-pipeline';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import { LiveClient } from '../../test/support/live-client';
import type { DeployedExample } from '../deployed-example';

/** The address of a WebSocket API on a local AWS. */
const localSocketUrl = (url: string, endpoint: string): string => localUrl(url.replace(/^wss:/, 'https:'), endpoint).replace(/^http:/, 'ws:');

/** Subscribes to orders that do not exist yet, over one WebSocket. */
export async function watchOrders({ local, api, liveUpdatesUrl }: DeployedExample, orderIds: readonly string[]): Promise<LiveClient> {
  const client = await LiveClient.open(localSocketUrl(liveUpdatesUrl, local.endpoint), { headers: { 'x-api-key': api.apiKey } });
  await mapAtMost(1, orderIds, async (orderId) => {
    const answer = await client.subscribe({ orderId, awaited: true });
    if (answer.type !== 'subscribed') throw new Error(`the client could not subscribe to ${orderId}: ${JSON.stringify(answer)}`);
  });
  return client;
}

/** The IDs of the events about an order that arrived. A repeated event counts once. */
export const liveEventsOf = (client: LiveClient, orderId: string): Set<string> => new Set(client.messages
  .filter((message) => message.type === 'event' && message.orderId === orderId)
  .map(({ event }) => event.eventId as string));
