import type { LifeSettings, OpenOrderLife, OrderLife } from '#shared';
import { publisher } from './event-bus';
import { orderStore } from './orders-table';
import { sequenceStore } from './sequence-table';

/** What handlers of commands are told. */
interface LifeEnv {
  readonly ORDERS_TABLE_NAME: string;
  readonly REJECTED_ORDER_RETENTION: string;
  readonly PARKED_COMMAND_RETENTION: string;
}

/** Makes of a handler's environment what commands need that have their place. */
export const orderLife = (env: LifeEnv): OrderLife => ({ orders: orderStore(env.ORDERS_TABLE_NAME), settings: lifeSettings(env) });

/** The same for handlers that also take requests of other systems. */
export const openOrderLife = (
  env: LifeEnv & { readonly SEQUENCE_TABLE_NAME: string; readonly EVENT_BUS_NAME: string; readonly EVENT_SOURCE: string },
): OpenOrderLife => ({ ...orderLife(env), sequences: sequenceStore(env.SEQUENCE_TABLE_NAME), publish: publisher(env) });

const lifeSettings = (env: LifeEnv): LifeSettings => ({
  rejectedOrderRetention: Number(env.REJECTED_ORDER_RETENTION),
  parkedCommandRetention: Number(env.PARKED_COMMAND_RETENTION),
});
