import { API_COMPONENTS } from './api-components';
import { COMMON_COMPONENTS } from './common-components';
import { object, ref } from './component';
import { EVENT_DATA, FILE_EVENT_DATA, WHOLE_FULFILLMENT } from './event-data';
import { MESSAGES } from './message-schemas';
import { orderComponents } from './order-components';
import type { EventType, FileEventType } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';
import type { LoadedModel } from '../order-model/load-model';

/** The metadata of one type of event: a further type does not change the contracts of the others. */
const metadataOf = (name: string, type: string): JsonSchema => ({ allOf: [ref(name), { properties: { eventType: { const: type } } }] });

const RECORDED: JsonSchema = { const: true, description: 'Present if the pipeline recorded the event in its history before it published it.' };

/** `detail` of an event about an order. */
const orderEvent = (type: EventType): JsonSchema =>
  object({ metadata: metadataOf('Metadata', type), facts: ref('Facts'), data: EVENT_DATA[type], recorded: RECORDED }, ['recorded']);
const fileEvent = (type: FileEventType): JsonSchema => object({ metadata: metadataOf('FileMetadata', type), data: FILE_EVENT_DATA[type] });

/** The requests of other systems on the bus. */
export const REQUESTS = [
  'OrderPlacementRequested', 'OrderConfirmationDecided', 'OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled', 'OrderItemsFulfilled',
  'OrderTaskAnswered',
] as const satisfies readonly EventType[];
const request = (type: (typeof REQUESTS)[number]): JsonSchema =>
  (type === 'OrderFulfilled' ? object({ metadata: ref('RequestMetadata'), data: WHOLE_FULFILLMENT }, ['data'])
    : object({ metadata: ref(type === 'OrderPlacementRequested' ? 'PlacementMetadata' : 'RequestMetadata'), data: EVENT_DATA[type] }));

/** Whether the pipeline publishes events of a type, too. */
export const isPublished = (type: string): boolean => !ONLY_REQUESTED.includes(type);
const ONLY_REQUESTED: readonly string[] =
  ['OrderPlacementRequested', 'OrderConfirmationDecided', 'OrderItemsFulfilled', 'OrderTaskAnswered'] satisfies EventType[];

/** The schemas of the events that the pipeline publishes, by their type. */
export const eventSchemas = (): Record<string, JsonSchema> => ({
  ...Object.fromEntries(Object.keys(EVENT_DATA).filter(isPublished).map((type) => [type, orderEvent(type as EventType)])),
  ...Object.fromEntries(Object.keys(FILE_EVENT_DATA).map((type) => [type, fileEvent(type as FileEventType)])),
});

/** The schemas of the requests of other systems on the bus, by the type of the event. */
export const requestSchemas = (): Record<string, JsonSchema> => Object.fromEntries(REQUESTS.map((type) => [type, request(type)]));

/** The schemas of everything else: commands in the queue, and the validation hook. */
export const messageSchemas = (): Record<string, JsonSchema> => MESSAGES;

/** All components to which schemas refer. */
export const componentsOf = ({ schema }: LoadedModel): Record<string, JsonSchema> =>
  ({ ...orderComponents(schema), ...COMMON_COMPONENTS, ...API_COMPONENTS });
