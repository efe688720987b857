import * as fc from 'fast-check';
import { FAILURES_TO_OPEN, MAX_PAUSE_MS } from '../../../../handlers/shared';
import { sampleWebhook, sampleWebhookEvent, SETTINGS } from '../../../support/sample-webhooks';
import { WebhookWorld } from '../../../support/webhook-world';

const HOUR = 3_600_000;
const eventsOf = (count: number, orderId = 'order') => Array.from({ length: count }, (_, index) => sampleWebhookEvent({ orderId: `${orderId}-${index}` }));

test('every delivery is made once, with the concurrency of the webhook', async () => {
  const world = new WebhookWorld(() => 'DELIVERED', sampleWebhook({ maxConcurrency: 7 }));
  world.add(...eventsOf(250));
  const { nextAt, outcomes } = await world.run();
  expect([nextAt, world.store.pending, world.mostConcurrent]).toEqual([undefined, 0, 7]);
  expect(new Set(world.accepted).size).toBe(250);
  expect(world.requests).toHaveLength(250);
  expect(outcomes.filter(({ outcome }) => outcome === 'WebhookDelivered')).toHaveLength(250);
  expect(world.statusOf('order-0-1')).toMatchObject({ status: 'DELIVERED', attemptCount: 1, finishedAt: expect.any(String) });
});

test('a delivery that fails is attempted again with growing delays, for three days, and is then in the dead-letter queue', async () => {
  // Another order succeeds in between, so that the receiver is not down.
  const world = new WebhookWorld(({ orderId }) => (orderId === 'order-1' ? 'RETRY' : 'DELIVERED'));
  const started = world.now;
  world.add(sampleWebhookEvent());
  for (let next: number | undefined = world.now; next !== undefined; ({ nextAt: next } = await world.run())) {
    world.now = next;
    world.add(sampleWebhookEvent({ orderId: 'other', eventId: `other-${next}` }));
  }
  const times = world.requests.filter(({ eventId }) => eventId === 'order-1-1').map(({ at }) => at);
  const delays = times.slice(1).map((time, index) => time - times[index]);
  delays.forEach((delay, index) => {
    const longest = Math.min(5000 * 4 ** index, 6 * HOUR);
    expect(delay).toBeGreaterThanOrEqual(longest / 2);
    expect(delay).toBeLessThanOrEqual(longest);
  });
  expect(times.at(-1)! - started).toBeGreaterThan(2.5 * 24 * HOUR);
  expect(times.at(-1)! - started).toBeLessThanOrEqual(SETTINGS.retryDuration * 1000);
  expect(world.statusOf('order-1-1')).toMatchObject({ status: 'FAILED', reason: 'RETRIES_EXHAUSTED', attemptCount: times.length });
  expect(world.deadLetters).toEqual(['order-1-1: RETRIES_EXHAUSTED']);
  expect(world.disabled).toEqual([]);
});

test('a receiver that is down gets one request every 15 minutes, however many events there are', async () => {
  const world = new WebhookWorld(() => 'RETRY');
  world.add(...eventsOf(500));
  await world.runUntil(world.now + 1000);
  expect(world.requests.length).toBeLessThanOrEqual(FAILURES_TO_OPEN + 10);
  const burst = world.requests.length;
  const started = world.now;
  await world.runUntil(started + 24 * HOUR);
  const inDay = world.requests.length - burst;
  expect(inDay).toBeGreaterThanOrEqual((24 * HOUR) / MAX_PAUSE_MS);
  expect(inDay).toBeLessThanOrEqual((24 * HOUR) / (MAX_PAUSE_MS / 2) + 20);
  expect(world.store.pending).toBe(500);
  world.receiver = () => 'DELIVERED';
  await world.runUntil();
  expect(new Set(world.accepted).size).toBe(500);
});

test('deliveries to a receiver that is down for three days fail without a request for each', async () => {
  const world = new WebhookWorld(() => 'RETRY');
  world.add(...eventsOf(300));
  await world.runUntil(world.now + 3 * 24 * HOUR + HOUR);
  expect(world.store.pending).toBe(0);
  expect(world.deadLetters).toHaveLength(300);
  expect(world.requests.length).toBeLessThan(800);
});

test('a webhook is disabled after days of failures, once, and what is pending fails', async () => {
  const world = new WebhookWorld(() => 'RETRY');
  const started = world.now;
  for (let day = 0; day < 7; day++) {
    world.now = Math.max(world.now, started + day * 24 * HOUR);
    if (world.webhook.enabled) world.add(...eventsOf(20, `day-${day}`));
    await world.runUntil(started + (day + 1) * 24 * HOUR);
  }
  expect(world.disabled).toEqual(['FAILING']);
  expect(world.webhook.enabled).toBe(false);
  expect(world.store.pending).toBe(0);
  expect(world.requests.at(-1)!.at - started).toBeGreaterThanOrEqual(SETTINGS.disableAfter * 1000);
  expect(world.deadLetters.some((message) => message.endsWith('WEBHOOK_DISABLED'))).toBe(true);
  expect(world.deadLetters.some((message) => message.endsWith('RETRIES_EXHAUSTED'))).toBe(true);
});

test('one success in between keeps it enabled', async () => {
  const world = new WebhookWorld((_, now) => (new Date(now).getUTCDate() === 29 ? 'DELIVERED' : 'RETRY'));
  const started = world.now;
  for (let day = 0; day < 6; day++) {
    world.now = Math.max(world.now, started + day * 24 * HOUR);
    world.add(...eventsOf(5, `day-${day}`));
    await world.runUntil(started + (day + 1) * 24 * HOUR - HOUR);
  }
  expect(world.disabled).toEqual([]);
});

test('a receiver that answers 410 is disabled at once, and gets no further request', async () => {
  const world = new WebhookWorld(() => 'GONE', sampleWebhook({ maxConcurrency: 1 }));
  world.add(...eventsOf(20));
  const { outcomes, nextAt } = await world.run();
  expect([world.disabled, world.requests.length, world.store.pending, nextAt]).toEqual([['GONE'], 1, 0, undefined]);
  expect(world.deadLetters).toHaveLength(20);
  expect(outcomes).toContainEqual({ outcome: 'WebhookDisabled', reason: 'GONE' });
});

test('a delivery to an address that is not allowed fails at once, with the reason', async () => {
  const world = new WebhookWorld(() => 'FAILED');
  world.add(sampleWebhookEvent());
  await world.run();
  expect(world.statusOf('order-1-1')).toMatchObject({ status: 'FAILED', reason: 'ADDRESS_NOT_ALLOWED', attempts: [{ error: 'ADDRESS_NOT_ALLOWED' }] });
  expect(world.deadLetters).toEqual(['order-1-1: ADDRESS_NOT_ALLOWED']);
});

test('a run ends when the time is up, and the next one continues', async () => {
  const world = new WebhookWorld(() => 'DELIVERED', sampleWebhook({ maxConcurrency: 1 }));
  world.add(...eventsOf(30));
  const { nextAt } = await world.run(() => world.requests.length >= 12);
  expect([world.requests.length, nextAt]).toEqual([12, world.now]);
  await world.runUntil();
  expect(world.accepted).toHaveLength(30);
});

test('pending deliveries of a webhook that its owner disabled fail, without a request', async () => {
  const world = new WebhookWorld(() => 'DELIVERED', sampleWebhook({ enabled: false, disabledReason: 'BY_OWNER' }));
  world.add(...eventsOf(3));
  await world.run();
  expect([world.requests, world.store.pending]).toEqual([[], 0]);
  expect(world.deadLetters).toHaveLength(3);
});

describe('an ordered webhook', () => {
  const ordered = sampleWebhook({ ordered: true });

  test('gets events that arrive out of order within three seconds in their sequence', async () => {
    const world = new WebhookWorld(() => 'DELIVERED', ordered);
    world.add(sampleWebhookEvent({ sequence: 3 }));
    world.now += 1000;
    world.add(sampleWebhookEvent({ sequence: 1 }));
    world.now += 1500;
    world.add(sampleWebhookEvent({ sequence: 2 }));
    expect((await world.run()).nextAt).toBe(world.now + 500);
    expect(world.requests).toEqual([]);
    await world.runUntil();
    expect(world.accepted).toEqual(['order-1-1', 'order-1-2', 'order-1-3']);
  });

  test('waits with later events of an order for one that fails, and not with other orders', async () => {
    const world = new WebhookWorld(() => 'DELIVERED', ordered);
    const until = world.now + HOUR;
    world.receiver = ({ eventId }, now) => (eventId === 'order-1-1' && now < until ? 'RETRY' : 'DELIVERED');
    world.add(...[1, 2, 3].map((sequence) => sampleWebhookEvent({ sequence })), ...[1, 2].map((sequence) => sampleWebhookEvent({ orderId: 'order-2', sequence })));
    await world.runUntil(until - 1);
    expect(world.accepted).toEqual(['order-2-1', 'order-2-2']);
    world.add(sampleWebhookEvent({ sequence: 4 }));
    await world.runUntil();
    expect(world.accepted.slice(2)).toEqual(['order-1-1', 'order-1-2', 'order-1-3', 'order-1-4']);
  });

  test('goes on with later events when one has failed for good', async () => {
    const world = new WebhookWorld(({ eventId }) => (eventId === 'order-1-1' ? 'FAILED' : 'DELIVERED'), ordered);
    world.add(...[1, 2].map((sequence) => sampleWebhookEvent({ sequence })));
    await world.runUntil();
    expect([world.accepted, world.deadLetters]).toEqual([['order-1-2'], ['order-1-1: ADDRESS_NOT_ALLOWED']]);
  });

  test('sends events that are not about an order at once', async () => {
    const world = new WebhookWorld(() => 'DELIVERED', ordered);
    world.add(sampleWebhookEvent({ eventId: 'file-1', orderKey: undefined }));
    await world.run();
    expect(world.accepted).toEqual(['file-1']);
  });

  test.each([1, 2, 3])('gets every event once, those of each order in sequence, whatever the receiver does: part %d', async () => {
    await fc.assert(fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2].flatMap((order) => [1, 2, 3, 4, 5, 6].map((sequence) => ({ orderId: `o${order}`, sequence }))), { minLength: 1 }),
      fc.infiniteStream(fc.boolean()), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 150 }),
      async (events, answers, maxConcurrency, pause) => {
        const world = new WebhookWorld(() => (answers.next().value ? 'DELIVERED' : 'RETRY'), { ...ordered, maxConcurrency });
        for (const event of events) {
          world.add(sampleWebhookEvent(event));
          world.now += pause;
        }
        await world.runUntil();
        expect([...world.accepted].sort()).toEqual(events.map(({ orderId, sequence }) => `${orderId}-${sequence}`).sort());
        for (const orderId of ['o0', 'o1', 'o2']) {
          const ofOrder = world.accepted.filter((id) => id.startsWith(`${orderId}-`));
          expect(ofOrder).toEqual([...ofOrder].sort());
        }
        expect(world.store.pending).toBe(0);
      },
    ), { numRuns: 150 });
  });
});
