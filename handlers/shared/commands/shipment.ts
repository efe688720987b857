import * as z from 'zod/mini';
import { text } from '../json/text';

/** The shipment of a fulfillment. `null` means that it has none. */
export const shipmentFields = {
  shipmentId: z.optional(z.nullable(text(1, 128))),
  trackingNumber: z.optional(z.nullable(text(1, 128))),
};

/** The shipment of a fulfillment. */
export interface Shipment {
  readonly shipmentId?: string;
  readonly trackingNumber?: string;
}

/** Reads the shipment from the data of an event, which may have any other fields. A value of another form is not stored. */
export function shipmentIn(data: object): Shipment {
  const fields = Object.entries(shipmentFields).map(([name, schema]) => [name, schema.safeParse((data as Record<string, unknown>)[name]).data]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined && value !== null)) as Shipment;
}
