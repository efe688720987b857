import { Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { OrderLiveUpdatesProps } from '../../order-live-updates-options';
import { FILE_EVENT_TYPE } from '../contract';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from '../pipeline-events';
import type { QueueWithDeadLetterQueue } from '../queue-with-dead-letter-queue';
import { routeEvents } from '../route-events';

/** Routes the events about orders into a queue, and those about files if there are any. */
export function routeLiveEvents(scope: Construct, queue: QueueWithDeadLetterQueue, props: OrderLiveUpdatesProps): void {
  const events = pipelineEvents(scope, props);
  warnOfEventsWithoutPipeline(scope, events, props);
  const accepted = acceptedEvents(events, props);
  const withId = (name: string) => ({ ...accepted, detail: { metadata: { [name]: Match.exists(), ...accepted.detail?.metadata } } });
  routeEvents(scope, 'OrderEvents', props.eventBus, queue, withId('orderId'));
  if (props.filesTable) routeEvents(scope, 'FileEvents', props.eventBus, queue, { ...withId('fileId'), detailType: Object.values(FILE_EVENT_TYPE) });
}
