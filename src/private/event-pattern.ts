import { Match, type EventPattern } from 'aws-cdk-lib/aws-events';
import type { PipelineEvents } from './claimed-events';
import { minimumTotalPattern } from './minimum-total';
import { pipelinePattern } from './pipeline-events';
import { OrderChannel, type OrderEventRuleProps } from '../order-event-options';

/** Returns the event pattern of a subscription. */
export function orderEventPattern(events: PipelineEvents, props: OrderEventRuleProps): EventPattern {
  const { eventType, channels, minimumTotal } = props;
  const { totalParts, $or } = minimumTotalPattern(minimumTotal);
  return {
    source: [events.eventSource],
    detailType: eventType === undefined ? undefined : [eventType],
    detail: withValues({
      metadata: withValues({ pipeline: pipelinePattern(events, props), tenant: oneOf(props.tenants), channel: channels && channelPattern(channels) }),
      facts: withValues({
        customerId: oneOf(props.customerIds),
        currency: oneOf(props.currencies),
        salesChannel: oneOf(props.salesChannels),
        tags: oneOf(props.tags),
        totalParts,
      }),
      data: withValues({ task: oneOf(props.tasks) }),
      $or,
    }),
  };
}

const oneOf = (values: readonly string[] | undefined): string[] | undefined => values && Match.anyOf(...values);

/** Events of other systems may omit the channel. */
const channelPattern = (channels: readonly OrderChannel[]): string[] =>
  Match.anyOf(...channels, ...(channels.includes(OrderChannel.BUS) ? [Match.doesNotExist()] : []));

/** Removes entries without a value. Returns undefined when none is left, because EventBridge rejects empty objects in a pattern. */
function withValues(entries: Record<string, unknown>): Record<string, unknown> | undefined {
  const left = Object.entries(entries).filter(([, value]) => value !== undefined);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
