import { list, object, oneOf, ref, text, time } from './component';
import { EVENT_DATA } from './event-data';
import { FACTS, ID, ON_EXISTING_ORDER, ORDER_ID, TENANT } from './fields';
import { CHANNEL, SCHEMA_VERSION } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

/** The command in the orders queue. */
const command = (
  commandType: string, payload: JsonSchema, channels: readonly string[], optional: Record<string, JsonSchema> = {},
): JsonSchema => object({
  schemaVersion: { const: SCHEMA_VERSION },
  commandType: { const: commandType },
  commandId: { ...ID, description: 'Unique for each request. A message with the same ID is the same command.' },
  orderId: ORDER_ID,
  tenant: TENANT,
  correlationId: ID,
  channel: oneOf(channels),
  receivedAt: time(),
  ...optional,
  payload,
}, ['tenant', ...Object.keys(optional)]);

/** Messages other than events. */
export const MESSAGES: Record<string, JsonSchema> = {
  PlaceOrderCommand: command('PlaceOrder', ref('Order'), Object.values(CHANNEL), { onExistingOrder: ON_EXISTING_ORDER }),
  ChangeOrderCommand: command('ChangeOrder', EVENT_DATA.OrderChangeRequested, [CHANNEL.API]),
  CancelOrderCommand: command('CancelOrder', EVENT_DATA.OrderCancellationRequested, [CHANNEL.API]),
  ValidationHookRequest: object({ orders: list(object({ orderId: ORDER_ID, tenant: TENANT, ...FACTS, order: ref('Order') }, ['tenant', ...Object.keys(FACTS)])) }),
  ValidationHookResponse: object({
    results: list({
      oneOf: [
        object({ accepted: { const: true } }),
        object({
          accepted: { const: false },
          errors: {
            type: 'array',
            minItems: 1,
            items: object({
              path: text(), code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' }, message: { type: 'string', minLength: 1, maxLength: 1000 },
            }, ['path']),
          },
        }),
      ],
    }),
  }),
};
