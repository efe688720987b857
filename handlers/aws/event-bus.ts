import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { publishEvents, type BusEvent } from '#shared';
import { clientConfig } from './client-config';

/** The environment of handlers that publish events. */
export interface PublisherEnv {
  readonly EVENT_BUS_NAME: string;
  readonly EVENT_SOURCE: string;
  readonly PIPELINE_ID: string;
}

let client: EventBridgeClient | undefined;

/**
 * Creates the function that publishes events to one bus; it returns those that failed, each with the error. The second parameter has those of them
 * that the history has already.
 */
export function eventPublisher(env: PublisherEnv) {
  const eventBridge = client ??= new EventBridgeClient(clientConfig());
  return <Event extends BusEvent>(events: readonly Event[], recorded?: ReadonlySet<BusEvent>): Promise<Map<Event, Error>> => publishEvents(events, {
    busName: env.EVENT_BUS_NAME,
    source: env.EVENT_SOURCE,
    pipeline: env.PIPELINE_ID,
    recorded,
    putEvents: (input) => eventBridge.send(new PutEventsCommand(input)),
  });
}
