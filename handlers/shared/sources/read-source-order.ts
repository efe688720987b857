import { recordText } from './record-text';
import { requestIn } from './request-in-record';
import { sourceRecordId, type SourceRecord } from './source-record';
import { sourceTenantOf } from './source-tenant';
import { CHANNEL, type SourceTenant } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import { isObject } from '../json/is-object';
import { parseStrictJson } from '../json/strict-json';
import { requestEventId, type RequestEvent } from '../lifecycle/bus-request';
import { placementCommand, validateSentOrder } from '../lifecycle/placement-command';
import { PoisonMessage } from '../messaging/errors';
import { orderIdForEvent } from '../orders/ids';
import { orderModel } from '../orders/order-model';

/** What is configured for a source. */
export interface SourceSettings {
  /** Identifies the source among all that send to the same orders queue. */
  readonly sourceId: string;
  readonly maxOrderSize: number;
  readonly tenant?: SourceTenant;
}

/**
 * Reads the order in a record: the order itself, or a request as on the bus. A wrong order with an ID becomes a command with its errors.
 *
 * @throws PoisonMessage when the record is not an order, or names no tenant.
 */
export function readSourceOrder(record: SourceRecord, { sourceId, maxOrderSize, tenant: source }: SourceSettings): OrderCommand {
  const text = recordText(record);
  const json = jsonOf(text);
  const { metadata, sent, path } = requestIn(json);
  if (!isObject(sent)) throw new PoisonMessage('the record is not an order: it is not a JSON object');
  const tenant = sourceTenantOf(source, { record, json, inMetadata: metadata.tenant });
  const event = { id: sourceRecordId(sourceId, record), metadata, data: { order: sent } };
  const faults = parseStrictJson(text, 'record', path).errors ?? [];
  const validate = (orderId: string) => validateSentOrder(sent, orderId, faults, maxOrderSize);
  const given = metadata.orderId ?? orderModel.orderIdIn(sent);
  const orderId = given ?? derivedOrderId(sent, event);
  const validation = validate(orderId);
  // A rejection without a known ID would reach no one, and JSON that is not an order would become a rejected order.
  if (given === undefined && validation.errors) throw new PoisonMessage(`the record has no order ID, and is not a valid order (${codesOf(validation.errors)})`);
  return placementCommand({ event, identity: { tenant, orderId }, channel: CHANNEL.SOURCE, validation });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PoisonMessage('the record is not JSON');
  }
}

/** The ID of an order without one: a redelivered record is the same order. */
function derivedOrderId(sent: object, event: RequestEvent): string {
  if (orderModel.givenOrderId(sent) !== undefined) throw new PoisonMessage('the order ID in the record is not valid');
  return orderIdForEvent(requestEventId(event));
}

/** The codes of errors, which contain nothing of the record. */
const codesOf = (errors: readonly { readonly code: string }[]): string => [...new Set(errors.map(({ code }) => code))].slice(0, 5).join(', ');
