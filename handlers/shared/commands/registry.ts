import { cancelOrder } from './cancel-order';
import { changeOrder } from './change-order';
import type { CommandDefinition } from './command-definition';
import { decideConfirmation } from './decide-confirmation';
import { fulfillOrder } from './fulfill-order';
import { fulfillOrderItems } from './fulfill-order-items';
import { placeOrder } from './place-order';
import { rejectOrder } from './reject-order';
import { EVENT_TYPE, type Channel, type EventType } from '../../../src/private/contract';
import type { CommandType } from '../orders/order-states';

/** Every command by its type: all the rest of the handlers looks commands up here. */
export const COMMANDS = {
  PlaceOrder: placeOrder,
  RejectOrder: rejectOrder,
  DecideConfirmation: decideConfirmation,
  ChangeOrder: changeOrder,
  CancelOrder: cancelOrder,
  FulfillOrder: fulfillOrder,
  FulfillOrderItems: fulfillOrderItems,
} as const satisfies { readonly [Type in CommandType]: { readonly type: Type } };

/** Any definition in the registry. */
export type AnyCommand = (typeof COMMANDS)[CommandType];

const DEFINITIONS: readonly CommandDefinition[] = Object.values(COMMANDS) as unknown as CommandDefinition[];

/** The definition of a command, without the types of its own data. */
export const definitionOf = (type: CommandType): CommandDefinition => COMMANDS[type] as unknown as CommandDefinition;

/** The command that an event requests, or undefined where the event requests none. */
export const requestedBy = (eventType: string): CommandDefinition | undefined => DEFINITIONS.find(({ requested }) => requested === eventType);

/** The events that request a command. */
export const REQUESTED_EVENTS: readonly EventType[] = DEFINITIONS.map(({ requested }) => requested);

/** The events that confirm a command, and show the order after it. */
export const DONE_EVENTS: readonly EventType[] = [
  ...DEFINITIONS.flatMap(({ done, completed }) => [done ?? [], completed ?? []].flat()), EVENT_TYPE.ORDER_PENDING,
];

/** A command that is sent to the orders queue. */
export type QueuedCommandType = Extract<AnyCommand, { channels: readonly [Channel, ...unknown[]] }>['type'];

/** Every command that is sent to the orders queue. */
export const QUEUED_COMMAND_TYPES = DEFINITIONS
  .filter(({ channels }) => channels.length > 0).map(({ type }) => type) as QueuedCommandType[];
