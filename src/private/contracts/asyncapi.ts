import { mapReferences } from './component';
import { componentsOf, eventSchemas, messageSchemas, requestSchemas } from './contract-model';
import { fileEventExamples, messageExamples, orderEventExamples, requestExamples, type Sample } from './examples';
import type { JsonSchema } from '../order-model/json-schema';
import type { LoadedModel } from '../order-model/load-model';

type Json = Record<string, unknown>;

/** The AsyncAPI 3.0 document of a pipeline: what is published on its bus, what other systems send there, and the messages of the orders queue. */
export function asyncApi(model: LoadedModel, sample: Sample, title: string): Json {
  const published = messages(eventSchemas(), { ...orderEventExamples(sample), ...fileEventExamples() });
  const requests = messages(requestSchemas(), requestExamples(sample), 'Request');
  const commands = messages(Object.fromEntries(Object.entries(messageSchemas()).filter(([name]) => name.endsWith('Command'))), messageExamples(sample));
  const document = {
    asyncapi: '3.0.0',
    info: { title, version: '1', description: 'Events of orders on an EventBridge bus. Each message is the `detail` of an event with its name as `detail-type`.' },
    defaultContentType: 'application/json',
    channels: {
      bus: { address: 'events', description: 'The EventBridge bus of the pipeline.', messages: refsTo({ ...published, ...requests }) },
      ordersQueue: { address: 'orders', description: 'The FIFO queue of the pipeline. The message group is the ID of the order.', messages: refsTo(commands) },
    },
    operations: {
      publishEvents: operation('send', 'bus', published, 'The pipeline publishes events.'),
      receiveRequests: operation('receive', 'bus', requests, 'Other systems place orders, and request changes, cancellations and fulfillments.'),
      receiveCommands: operation('receive', 'ordersQueue', commands, 'Other systems with permission send commands.'),
    },
    components: { messages: { ...published, ...requests, ...commands }, schemas: componentsOf(model) },
  };
  return mapReferences(document, (reference) => reference.replace(/^#\/\$defs\//, '#/components/schemas/')) as Json;
}

const messages = (schemas: Record<string, JsonSchema>, examples: Record<string, Json>, suffix = ''): Record<string, Json> =>
  Object.fromEntries(Object.entries(schemas).map(([name, payload]) =>
    [`${name}${suffix}`, { name, title: name, payload, examples: [{ payload: examples[name] }] }]));

const refsTo = (all: Record<string, Json>): Json => Object.fromEntries(Object.keys(all).map((name) => [name, { $ref: `#/components/messages/${name}` }]));

const operation = (action: 'send' | 'receive', channel: string, all: Record<string, Json>, summary: string): Json => ({
  action, summary, channel: { $ref: `#/channels/${channel}` }, messages: Object.keys(all).map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
});
