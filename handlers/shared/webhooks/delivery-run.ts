import { isOpen, isProbing } from './circuit';
import { ORDERING_WINDOW_MS, type DueDelivery } from './delivery';
import type { RunPorts } from './delivery-store';
import { healthOf, type Webhook, type WebhookHealth } from './webhook';
import { WebhookDeliveries } from './webhook-deliveries';
import { WEBHOOK_CONCURRENCY } from '../../../src/private/contract';
import type { Outcome } from '../telemetry/outcome';

/** The pending deliveries that a run reads at once. */
const PAGE = 100;

/** The result of a run. */
export interface RunResult {
  readonly health: WebhookHealth;
  /** When the next run has something to do; undefined without pending deliveries. */
  readonly nextAt?: number;
  readonly outcomes: readonly Outcome[];
}

/**
 * Makes the deliveries of a webhook that are due, until none is left, the receiver is down or the time is up. There is only one run of a webhook at a
 * time, so `maxConcurrency` is the limit of its concurrent requests, and a receiver that hangs occupies nothing of other webhooks.
 */
export async function runDeliveries(started: Webhook, ports: RunPorts): Promise<RunResult> {
  const deliveries = new WebhookDeliveries(ports, healthOf(started));
  const result = (nextAt?: number): RunResult => ({ health: deliveries.health, nextAt, outcomes: deliveries.outcomes });
  for (;;) {
    const now = ports.now();
    // Pending deliveries may remain.
    if (ports.isTimeUp()) return result(now);
    const [webhook, due] = await Promise.all([ports.reload(started), ports.store.listDue(started.webhookId, PAGE)]);
    if (!webhook || due.length === 0) return result();
    const expired = webhook.enabled ? expiredOf(due, deliveries.health, now) : due;
    if (expired.length > 0) {
      await inParallel([...expired], WEBHOOK_CONCURRENCY.DEFAULT, (each) => deliveries.giveUp(each, webhook.enabled ? 'RETRIES_EXHAUSTED' : 'WEBHOOK_DISABLED'));
      continue;
    }
    if (isOpen(deliveries.health, now)) return result(deliveries.health.openUntil);
    const groups = groupsOf(due, now);
    if (groups.length === 0) return result(due[0].dueAt);
    // One attempt shows whether a receiver has recovered.
    if (isProbing(deliveries.health)) await deliveries.deliver(webhook, groups[0], true);
    else await inParallel(groups, webhook.maxConcurrency ?? WEBHOOK_CONCURRENCY.DEFAULT, (group) => deliveries.deliver(webhook, group));
  }
}

/** Deliveries that waited for a receiver until their time was over fail without a further attempt. */
const expiredOf = (due: readonly DueDelivery[], health: WebhookHealth, now: number): readonly DueDelivery[] =>
  (isProbing(health) ? due.filter(({ giveUpAt }) => giveUpAt <= now) : []);

/**
 * Groups the deliveries that are due. Those of the same order to an ordered webhook are one group in their sequence, to which also belong the earlier
 * ones that would be due shortly. Every other delivery is a group of its own.
 */
function groupsOf(due: readonly DueDelivery[], now: number): DueDelivery[][] {
  const isDue = ({ dueAt }: DueDelivery) => dueAt <= now;
  const orders = new Set(due.filter(isDue).map(({ orderKey }) => orderKey));
  const selected = due.filter((each) => isDue(each)
    || (each.orderKey !== undefined && orders.has(each.orderKey) && each.attemptCount === 0 && each.dueAt <= now + ORDERING_WINDOW_MS));
  return [...Map.groupBy(selected, ({ orderKey, eventId }) => (orderKey === undefined ? `event ${eventId}` : `order ${orderKey}`)).values()]
    .map((group) => group.sort((one, other) => (one.position < other.position ? -1 : 1)));
}

/** Works through tasks, so many at a time. */
async function inParallel<Task>(tasks: readonly Task[], concurrency: number, work: (task: Task) => Promise<unknown>): Promise<void> {
  const left = [...tasks];
  const next = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await work(task);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(concurrency, left.length) }, next));
  // The others end first, because their attempts change the health.
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
