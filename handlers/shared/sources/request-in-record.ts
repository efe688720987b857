import type * as z from 'zod/mini';
import { EVENT_TYPE } from '../../../src/private/contract';
import { isObject } from '../json/is-object';
import { valueAt } from '../json/value-at';
import { placementMetadataSchema } from '../lifecycle/read-placement-event';
import { PoisonMessage } from '../messaging/errors';

/** The order that a record contains, and the metadata of its request. */
export interface RequestInRecord {
  readonly metadata: z.infer<typeof placementMetadataSchema>;
  readonly sent: unknown;
  /** Where the order is in the JSON of the record. */
  readonly path: readonly string[];
}

/**
 * Finds the order in a record, which is the order itself, the `detail` of `OrderPlacementRequested`, or the whole event.
 *
 * @throws PoisonMessage when the metadata are wrong.
 */
export function requestIn(json: unknown): RequestInRecord {
  if (isRequest(json)) return requestAt(json);
  if (valueAt(json, 'detail-type') === EVENT_TYPE.ORDER_PLACEMENT_REQUESTED) return requestAt(json, 'detail');
  return { metadata: {}, sent: json, path: [] };
}

/** A request has `data.order`, and nothing besides its metadata and data. */
const isRequest = (json: unknown): boolean => isObject(json) && isObject(valueAt(json, 'data', 'order'))
  && Object.keys(json as object).every((key) => ['metadata', 'data'].includes(key));

function requestAt(json: unknown, ...steps: readonly string[]): RequestInRecord {
  const metadata = placementMetadataSchema.safeParse(valueAt(json, ...steps, 'metadata') ?? {});
  if (!metadata.success) throw new PoisonMessage('wrong: orderId or tenant in the metadata of the request');
  return { metadata: metadata.data, sent: valueAt(json, ...steps, 'data', 'order'), path: [...steps, 'data', 'order'] };
}
