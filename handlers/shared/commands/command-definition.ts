import type * as z from 'zod/mini';
import type { OrderItem, PlacedItem } from './order-item';
import type { Rejection } from './rejection';
import type { SequencedCommand } from './sequenced-command';
import type { Channel, ConfirmationSettings, EventType, ExistingOrderPolicy, RefusalCode } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import type { OrderFacts } from '../orders/order-facts';
import type { CommandType } from '../orders/order-states';

/** How long items and pending commands are kept, in seconds, and how orders are confirmed. */
export interface LifecycleSettings {
  readonly rejectedOrderRetention: number;
  readonly pendingCommandRetention: number;
  /** Without it, every valid order is confirmed when it is stored. */
  readonly confirmation?: ConfirmationSettings;
}

/** What validation needs of a request besides its payload. */
export interface CommandRequest {
  readonly orderId: string;
  readonly onExistingOrder?: ExistingOrderPolicy;
}

/** The event that validation of a command leads to: its `requested` or its `refused` event. */
export interface EventContent {
  readonly type: EventType;
  readonly facts?: OrderFacts;
  readonly data: unknown;
}

/** The result of applying a command. */
export type CommandResult =
  /** The order after the command; `data` goes into the `done` event, which is that of the command's definition by default. */
  | { readonly item: OrderItem; readonly data: object; readonly done?: EventType }
  /** The order after the command, or unchanged without `item`. No event is published; `outcome` is logged and counted. */
  | { readonly item?: OrderItem; readonly outcome: string }
  /** The command is refused, and the order is unchanged. */
  | { readonly code: RefusalCode; readonly errors?: readonly FieldError[] }
  /** The placement is rejected, and the order that has the id is unchanged. */
  | { readonly rejection: Rejection };

/** Everything that is specific to one command. `Data` is the data of the command once it is validated. */
export interface CommandDefinition<RequestSchema extends z.ZodMiniType = z.ZodMiniType, Data extends object = object> {
  readonly type: CommandType;
  /** The channels of which the orders queue accepts it. */
  readonly channels: readonly Channel[];
  /** Whether another system requests it by publishing the `requested` event. It then does not pass the orders queue. */
  readonly isRequestedOnBus?: true;
  /** The event that requests it. It carries a sequence number, unless another system published it. */
  readonly requested: EventType;
  /** The event that confirms it; undefined where the `requested` event already states the fact. */
  readonly done?: EventType;
  /** The event that confirms it where it completes the order. */
  readonly completed?: EventType;
  /** The event that refuses it. */
  readonly refused: EventType;
  /** The logged message and the outcome when the API accepts it. */
  readonly received?: readonly [message: string, outcome: string];
  /** Schema of the body of an API request, where it differs from `requestSchema`. */
  readonly bodySchema?: z.ZodMiniType;
  /** Schema of `data` of the `requested` event, which is also the payload of the command in the orders queue. */
  readonly requestSchema: RequestSchema;
  /** Validates a payload. By default, it must match `requestSchema`. */
  validate?(payload: unknown, request: CommandRequest): EventContent;
  /** The event for a request that breaks its schema or a rule. By default, it is refused as `INVALID_COMMAND`. */
  invalid?(errors: readonly FieldError[]): EventContent;
  /** Makes the data of the command from `data` and `facts` of the `requested` event. */
  toData(request: z.infer<RequestSchema>, facts: OrderFacts): Data;
  /** Whether the order already is as the command would make it, whatever its status. The command then changes nothing. */
  repeats?(item: OrderItem, data: Data): boolean;
  /** Applies the command to an order where the state table allows it. Pure. `item` is placed unless the command is a placement or a rejection. */
  apply(item: OrderItem, command: SequencedCommand<Data>, now: Date, settings: LifecycleSettings): CommandResult;
  /** The result for a command that is out of time. By default, it is refused as `EXPIRED`. */
  expire?(): CommandResult;
  /** The data to keep while the command is pending for an order that was placed already. By default, all of it. */
  toPendingData?(data: Data): object;
}

/** An order after a change: one version on. */
export const nextVersion = ({ version }: PlacedItem, now: Date) => ({ version: version + 1, updatedAt: now.toISOString() });

/** The sequence of an order's commands, which remains when the order itself is replaced. */
export const sequenceOf = ({ orderId, revision, sequence, pending, gaps }: OrderItem) => ({ orderId, revision, sequence, pending, gaps });
