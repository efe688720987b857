import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { publishEvents, type BusEvent } from '#shared';
import { clientConfig } from './client-config';

const eventBridge = new EventBridgeClient(clientConfig());

/** Makes the function that says events on one bus; it returns those that could not be said, each with the reason. */
export const eventPublisher = (env: { readonly EVENT_BUS_NAME: string; readonly EVENT_SOURCE: string }) =>
  <Event extends BusEvent>(events: readonly Event[]): Promise<Map<Event, Error>> => publishEvents(events, {
    busName: env.EVENT_BUS_NAME,
    source: env.EVENT_SOURCE,
    putEvents: (input) => eventBridge.send(new PutEventsCommand(input)),
  });
