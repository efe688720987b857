import type { SQSBatchResponse } from 'aws-lambda';
import type { SimulatedFunction } from './functions';
import { handleOf, toRecord, type Message } from './messages';
import type { World } from './network';
import type { StandardQueue } from './queue';

const VISIBILITY_FACTOR = 6;

/** The event source that feeds a function from a queue. */
export class EventSource {
  private isPolled = false;

  constructor(
    private readonly queue: StandardQueue, private readonly world: World, private readonly consumer: SimulatedFunction,
    private readonly batchSize: number,
  ) {
    queue.consumer = this;
  }

  wake(): void {
    if (this.isPolled) return;
    this.isPolled = true;
    this.world.clock.after(1 + this.random.below(this.random.chance(0.2) ? 1000 : 60), () => {
      this.isPolled = false;
      this.receive();
    });
  }

  private receive(): void {
    const { queue, consumer, random, world: { trace, clock, faults } } = this;
    const batch = queue.receive(random.chance(0.5) ? this.batchSize : 1 + random.below(this.batchSize), VISIBILITY_FACTOR * consumer.timeout);
    if (queue.hasVisible) this.wake();
    if (batch.length === 0) return;
    const handles = batch.map(handleOf);
    trace.add(clock.now, `${queue.name} gives ${batch.map(({ id }) => id).join(' ')}`);
    consumer.invoke({ Records: batch.map((message) => toRecord(message, queue.name)) }, ({ value, error }) => {
      const failed = error === undefined ? failedOf(value as SQSBatchResponse | undefined, batch) : undefined;
      if (!failed || faults.at(`${queue.name}: delete`)) return;
      batch.forEach(({ id }, index) => {
        if (!failed.has(id)) queue.delete(handles[index]);
      });
      if (queue.hasVisible) this.wake();
    });
  }

  private get random() {
    return this.world.chances.of(this.queue.name);
  }
}

/** The ids of the messages that failed; undefined when the answer is none, which means all of them. */
function failedOf(response: SQSBatchResponse | undefined, batch: readonly Message[]): Set<string> | undefined {
  const failed = new Set((response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => batch.some((message) => message.id === id)) ? failed : undefined;
}
