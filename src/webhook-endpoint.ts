import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { OrderChannel } from './order-event-options';

/**
 * A webhook of the app: where it is sent, and which events it receives.
 *
 * Every filter matches only events that have the fact, as in the subscriptions of `OrderEventBus`: `currencies` matches no event without the order.
 */
export interface WebhookEndpoint {
  /**
   * Identifies the webhook in the API, in logs and in its secret: 1 to 64 of A-Z a-z 0-9 _ -, not beginning with `wh_`, which the IDs of the API do.
   */
  readonly webhookId: string;

  /**
   * The URL to which events are sent: https, with a host that has public addresses.
   */
  readonly url: string;

  /**
   * Up to 256 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The types of events, such as `OrderConfirmed`.
   *
   * @default - all events of the pipeline
   */
  readonly eventTypes?: string[];

  /**
   * Only events about orders of these tenants, in a pipeline with tenants.
   *
   * @default - all tenants
   */
  readonly tenants?: string[];

  /**
   * Only events about orders and commands of these channels.
   *
   * @default - all channels
   */
  readonly channels?: OrderChannel[];

  /**
   * Only events about orders of these customers.
   *
   * @default - all customers
   */
  readonly customerIds?: string[];

  /**
   * Only events about orders in these currencies.
   *
   * @default - all currencies
   */
  readonly currencies?: string[];

  /**
   * Only events about orders of these sales channels.
   *
   * @default - all sales channels, and orders without one
   */
  readonly salesChannels?: string[];

  /**
   * Only events about orders with at least one of these tags.
   *
   * @default - all orders
   */
  readonly tags?: string[];

  /**
   * Only events about orders of at least this total, in the unit of the order model: 10000 of the standard model is 100 euros.
   *
   * @default - all totals
   */
  readonly minimumTotal?: number;

  /**
   * Whether the events of each order are delivered in sequence. Deliveries are three seconds later, so that events that the bus delivers out of order are
   * sorted, and an event whose delivery fails makes later ones of its order wait until it is delivered or has failed.
   *
   * @default false
   */
  readonly ordered?: boolean;

  /**
   * Concurrent requests, 1 to 50.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;

  /**
   * A secret that signs the requests, as base64 with or without the prefix `whsec_`. After a rotation, the previous value (`AWSPREVIOUS`) signs as well,
   * until the next rotation.
   *
   * @default - a secret that is derived from the signing secret of the construct; `GET /webhooks/{webhookId}/secret` returns it
   */
  readonly secret?: ISecret;
}
