import { compileOrderModel } from './private/order-model/compile-order-model';
import { loadModel, loadStandardModel, STANDARD_MODEL, type LoadedModel } from './private/order-model/load-model';

/**
 * Where the facts of an order are in its document: JSON Pointers (RFC 6901), such as `/buyer/id`.
 *
 * Facts are all that the pipeline itself uses of an order: identity, lists and filters of subscriptions.
 */
export interface OrderFactPointers {
  /**
   * The ID of the order: text of 1 to 64 characters of A-Z a-z 0-9 _ -, or an integer. The API assigns one to an order without it.
   */
  readonly orderId: string;

  /**
   * The customer, text of 1 to 128 characters or an integer, for `GET /orders?customerId=`.
   *
   * @default - orders have no customer
   */
  readonly customerId?: string;

  /**
   * The currency, text of 1 to 16 characters, for `currencies` of subscriptions.
   *
   * @default - orders have no currency
   */
  readonly currency?: string;

  /**
   * The total, a number or decimal digits as text, for `minimumTotal` of subscriptions, which has the same unit.
   *
   * @default - orders have no total
   */
  readonly total?: string;

  /**
   * When the order was placed, an RFC 3339 time or a date. Lists are sorted by it.
   *
   * @default - lists are sorted by the time at which the pipeline confirmed the order
   */
  readonly placedAt?: string;

  /**
   * The number of the order in another system, text of 1 to 128 characters or an integer, for `GET /orders?externalReference=`.
   *
   * @default - orders have no external reference
   */
  readonly externalReference?: string;

  /**
   * The sales channel, text of 1 to 64 characters, for `salesChannels` of subscriptions.
   *
   * @default - orders have no sales channel
   */
  readonly salesChannel?: string;

  /**
   * Tags, a list of up to 50 texts, for `tags` of subscriptions.
   *
   * @default - orders have no tags
   */
  readonly tags?: string;

  /**
   * The list of line items, so that other systems can fulfill orders in part with `OrderItemsFulfilled`. Requires `lineItemQuantity`.
   *
   * @default - orders can only be fulfilled as a whole
   */
  readonly lineItems?: string;

  /**
   * The quantity in a line item, such as `/quantity`: a number of which up to 3 decimal places count. Required with `lineItems`.
   *
   * @default - none; cannot be set without `lineItems`
   */
  readonly lineItemQuantity?: string;

  /**
   * The ID in a line item, such as `/id`: text or an integer. Fulfillments refer to a line item by it.
   *
   * @default - fulfillments refer to line items by their index from 0
   */
  readonly lineItemId?: string;

  /**
   * JSON Pointers to what `PATCH /orders/{orderId}` may change.
   *
   * @default - every top-level field that contains no fact
   */
  readonly changeable?: string[];
}

/**
 * Options of the standard model.
 */
export interface StandardOrderModelOptions {
  /**
   * The path of a JSON Schema of an object: its `properties` are fields in addition to those of the standard model, its `required` are
   * required. All of them can be changed.
   *
   * @default - the standard model as it is
   */
  readonly extension?: string;
}

/**
 * The fields and rules of orders. REST, files, changes, events, queries and contracts follow it.
 */
export class OrderModel {
  /**
   * The standard model: line items, adjustments, taxes, shipping and addresses, in integer minor units.
   *
   * @param options fields of your own.
   */
  public static standard(options: StandardOrderModelOptions = {}): OrderModel {
    return new OrderModel(loadStandardModel(options.extension));
  }

  /**
   * A model of your own.
   *
   * @param path the path of a JSON Schema of the order, draft 2020-12 or draft 7. Every `$ref` is within the file.
   * @param facts where the facts of an order are.
   */
  public static fromJsonSchema(path: string, facts: OrderFactPointers): OrderModel {
    return new OrderModel(loadModel(path, facts));
  }

  private source?: string;

  private constructor(private readonly model: LoadedModel) {}

  /**
   * The schema and the description of the model.
   *
   * @internal
   */
  public _load(): LoadedModel {
    return this.model;
  }

  /**
   * The JavaScript module that validates orders, for the layer of the handlers. Undefined for the standard model, which is built in.
   *
   * @internal
   */
  public _compile(): string | undefined {
    if (this.model === STANDARD_MODEL) return undefined;
    // Every function of a pipeline needs it.
    this.source ??= compileOrderModel(this.model.schema, this.model.description);
    return this.source;
  }
}
