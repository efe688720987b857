import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { failureOf, takeEffect, type Failure, type StepEvent } from './effects';

/** `OrderTaskRequested` on the bus. */
interface TaskRequestedEvent {
  readonly detail: {
    readonly metadata: StepEvent['metadata'] & { readonly eventId: string; readonly pipeline: string };
    readonly facts: StepEvent['facts'];
    readonly data: { readonly task: string; readonly execution: string; readonly reminder?: number };
  };
}

const eventBridge = new EventBridgeClient();

/** Ships an order when a workflow asks for it, and publishes the answer. A warehouse of your own would answer days later. */
export async function ship({ detail: { metadata, facts, data: { task, execution, reminder = 0 } } }: TaskRequestedEvent): Promise<void> {
  const failure: Failure | undefined = failureOf({ facts }, task);
  if (failure === 'FAIL' || (failure === 'FAIL_ONCE' && reminder === 0)) return;
  if (failure === 'DECLINE') return answer({ outcome: 'FAILED', code: 'OUT_OF_STOCK' });
  const isShipped = await takeEffect({ metadata, facts, step: { name: task, idempotencyKey: `${execution}:${task}` } });
  // The answer is lost, or another system answers over the API.
  if (failure === 'FAIL_AFTER_EFFECT') return;
  await answer({ outcome: 'SUCCEEDED', result: { isShipped } });

  async function answer(content: object): Promise<void> {
    const { orderId, pipeline, eventId } = metadata;
    const Detail = JSON.stringify({ metadata: { orderId, pipeline, eventId: `answer-to-${eventId}` }, data: { task, ...content } });
    await eventBridge.send(new PutEventsCommand({
      Entries: [{ EventBusName: process.env.EVENT_BUS_NAME, Source: process.env.EVENT_SOURCE, DetailType: 'OrderTaskAnswered', Detail }],
    }));
  }
}
