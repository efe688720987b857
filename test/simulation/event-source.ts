import type { SQSBatchResponse } from 'aws-lambda';
import type { MappingSettings } from './deployment';
import type { SimulatedFunction } from './functions';
import { handleOf, toRecord, type Message } from './messages';
import type { StandardQueue } from './queue';
import type { World } from './requests';

/** The event source mapping that feeds a function from a queue. */
export class EventSource {
  private isPolled = false;
  private inFlight = 0;
  /** The messages that the function is processing. */
  private readonly processed = new Set<Message>();

  constructor(
    private readonly queue: StandardQueue, private readonly world: World, private readonly consumer: SimulatedFunction,
    private readonly settings: MappingSettings,
  ) {
    queue.consumer = this;
  }

  wake(): void {
    if (this.isPolled || this.inFlight >= this.settings.maxConcurrency) return;
    this.isPolled = true;
    this.world.clock.after(1 + this.random.below(this.random.chance(0.2) ? 1000 : 60), () => {
      this.isPolled = false;
      this.receive();
    });
  }

  private receive(): void {
    const { queue, consumer, random, settings: { batchSize }, world: { trace, clock } } = this;
    const batch = queue.receive(random.chance(0.5) ? batchSize : 1 + random.below(batchSize));
    if (batch.length > 0) this.inFlight++;
    if (queue.hasVisible) this.wake();
    if (batch.length === 0) return;
    this.checkVisibility(batch);
    const handles = batch.map(handleOf);
    trace.add(clock.now, `${queue.name} delivers ${batch.map(({ id }) => id).join(' ')}`);
    consumer.invoke({ Records: batch.map((message) => toRecord(message, queue.name)) }, ({ value, error }) => {
      this.inFlight--;
      for (const message of batch) this.processed.delete(message);
      if (error === undefined) this.deleteDone(batch, handles, value);
      else if (this.inFlight === this.settings.maxConcurrency - 1 && queue.hasVisible) this.wake();
    });
  }

  /** A message is visible again only after the function has stopped processing it. A duplicate is another message with the same id. */
  private checkVisibility(batch: readonly Message[]): void {
    const { queue, consumer, processed, world: { violations } } = this;
    for (const message of batch) {
      if (processed.has(message)) violations.push(`visibility: ${queue.name} delivers ${message.id} while ${consumer.name} is processing it`);
      processed.add(message);
    }
  }

  private deleteDone(batch: readonly Message[], handles: readonly string[], value: unknown): void {
    const { queue, settings, world: { faults } } = this;
    // Without batch item failures, a function that returns has processed the whole batch.
    const failed = settings.reportsBatchItemFailures ? failedOf(value as SQSBatchResponse | undefined, batch) : new Set<string>();
    if (!failed || faults.at(`${queue.name}: delete`)) return;
    batch.forEach(({ id }, index) => {
      if (!failed.has(id)) queue.delete(handles[index]);
    });
    if (queue.hasVisible) this.wake();
  }

  private get random() {
    return this.world.randomStreams.of(this.queue.name);
  }
}

/** The ids of the messages that failed; undefined for all of them, because the response is invalid. */
function failedOf(response: SQSBatchResponse | undefined, batch: readonly Message[]): Set<string> | undefined {
  const failed = new Set((response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => batch.some((message) => message.id === id)) ? failed : undefined;
}
