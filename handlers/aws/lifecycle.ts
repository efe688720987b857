import type { BusRequestContext, LifecycleContext, LifecycleSettings } from '#shared';
import { eventPublisher, type PublisherEnv } from './event-bus';
import { orderStore } from './orders-table';
import { sequenceStore } from './sequence-table';
import type { ConfirmationSettings } from '../../src/private/contract';

/** The environment of command consumers. */
interface LifecycleEnv {
  readonly ORDERS_TABLE_NAME: string;
  readonly REJECTED_ORDER_RETENTION: string;
  readonly PENDING_COMMAND_RETENTION: string;
  readonly CONFIRMATION?: string;
}

/** The environment of consumers that also take requests of other systems. */
interface BusRequestEnv extends LifecycleEnv, PublisherEnv {
  readonly SEQUENCE_TABLE_NAME: string;
  readonly HAS_TENANTS?: string;
}

/** Creates the dependencies of consumers of sequenced commands. */
export const lifecycleContext = (env: LifecycleEnv): LifecycleContext =>
  ({ orders: orderStore(env.ORDERS_TABLE_NAME), settings: lifecycleSettings(env) });

/** Creates the dependencies of consumers that also take requests of other systems. They publish refusals only, so the publisher is created for the first. */
export const busRequestContext = (env: BusRequestEnv): BusRequestContext => ({
  ...lifecycleContext(env),
  sequences: sequenceStore(env.SEQUENCE_TABLE_NAME),
  publish: (events) => eventPublisher(env)(events),
  hasTenants: env.HAS_TENANTS === 'true',
});

const lifecycleSettings = ({ REJECTED_ORDER_RETENTION, PENDING_COMMAND_RETENTION, CONFIRMATION }: LifecycleEnv): LifecycleSettings => ({
  rejectedOrderRetention: Number(REJECTED_ORDER_RETENTION),
  pendingCommandRetention: Number(PENDING_COMMAND_RETENTION),
  ...(CONFIRMATION ? { confirmation: JSON.parse(CONFIRMATION) as ConfirmationSettings } : {}),
});
