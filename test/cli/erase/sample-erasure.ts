import { App, Stack } from 'aws-cdk-lib';
import type { FakeAccount } from './fake-account';
import { toHistoryItem } from '../../../handlers/aws/history-items';
import type { OrderItem } from '../../../handlers/shared/commands/order-item';
import { createEvent } from '../../../handlers/shared/events/create-event';
import type { OrderEvent } from '../../../handlers/shared/events/event';
import { withIndexKeys } from '../../../handlers/shared/lifecycle/with-index-keys';
import { identityOf } from '../../../handlers/shared/orders/order-identity';
import { ownHistoryRecord } from '../../../handlers/shared/queries/history-record';
import { OrderPipeline, type OrderPipelineProps } from '../../../src';
import { deployed } from '../console/deployment/deployed-stacks';
import { runCommand, TestClock, type CommandRun } from '../sample-context';

const NOW = new Date('2026-02-01T12:00:00.000Z');

/** A placed order, as the table has it. */
export const placedItem = (orderId: string, order: Readonly<Record<string, unknown>>, more: object = {}): OrderItem => withIndexKeys({
  orderId,
  order,
  ...(order.customerId === undefined ? {} : { customerId: String(order.customerId) }),
  currency: 'EUR',
  total: 4129,
  status: 'CONFIRMED',
  version: 1,
  revision: 0,
  sequence: 1,
  createdAt: NOW.toISOString(),
  updatedAt: NOW.toISOString(),
  placement: { commandId: 'command-1', fingerprint: 'f'.repeat(64) },
  ...more,
} as OrderItem, NOW);

/** Records an event about an order in the history. */
export function record(account: FakeAccount, orderId: string, type: string, sequence: number, data: object, facts: object = {}): void {
  const commandId = `command-${sequence}`;
  const cause = { ...identityOf(orderId), commandId, sequence, correlationId: `correlation-${sequence}`, causationId: commandId, channel: 'api' as const };
  const event = createEvent(type as 'OrderConfirmed', cause, data as never, { version: sequence, occurredAt: NOW.toISOString(), facts });
  account.table('HistoryTable').push(toHistoryItem(ownHistoryRecord(event as OrderEvent, 'Shop/Orders', NOW, 1000)));
}

/** Synthesizing takes longer than all else. */
const STACKS = new Map<string, ReturnType<typeof deployed>>();

function stackWith(key: string, props: () => OrderPipelineProps): ReturnType<typeof deployed> {
  if (!STACKS.has(key)) {
    const stack = new Stack(new App(), 'Shop');
    new OrderPipeline(stack, 'Orders', props());
    STACKS.set(key, deployed({ Shop: stack }));
  }
  return STACKS.get(key)!;
}

/** Runs `erase` for a pipeline with props. */
export async function erase(account: FakeAccount, options = '', key = 'standard', props: () => OrderPipelineProps = () => ({})): Promise<CommandRun> {
  const { listResources, stacks } = stackWith(key, props);
  for (const { physicalId, type } of await listResources('Shop')) {
    if (type === 'AWS::DynamoDB::GlobalTable' && !account.tables.has(physicalId)) named(account, physicalId);
  }
  const aws = { listResources, stacks: stacks as never, console: () => account.console, erasure: () => account.erasure };
  return runCommand(`erase --stack Shop${options}`, aws, new TestClock());
}

/** Items were added by the end of a table's name. */
function named(account: FakeAccount, physicalId: string): void {
  const label = [...account.tables.keys()].find((each) => physicalId.includes(each));
  account.tables.set(physicalId, label === undefined ? [] : account.tables.get(label)!);
  if (label !== undefined) account.tables.delete(label);
}

/** Runs `erase --json` and parses what it prints. */
export async function eraseJson(account: FakeAccount, options = '', key?: string, props?: () => OrderPipelineProps) {
  const { printed, errors, status } = await erase(account, `${options} --json`, key, props);
  if (printed === '') throw new Error(errors);
  const result = JSON.parse(printed);
  const places = result.places as { readonly place: string; readonly found: number }[];
  const found = Object.fromEntries(places.filter((each) => each.found > 0).map((each) => [each.place, each.found]));
  return { status, result, found };
}

/** The URL of a dead-letter queue by the name of its construct, such as `OrdersDeadLetterQueue`. */
export async function queueUrl(name: string): Promise<string> {
  const resources = await stackWith('standard', () => ({})).listResources('Shop');
  return resources.find(({ logicalId, type }) => type === 'AWS::SQS::Queue' && logicalId.includes(name))!.physicalId;
}
