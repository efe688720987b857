import { Match, type EventPattern } from 'aws-cdk-lib/aws-events';
import type { PipelineEvents } from './claimed-events';
import { EVENT_TYPE } from './contract';
import { minimumTotalPattern } from './minimum-total';
import { pipelinePattern } from './pipeline-events';
import { OrderChannel, type OrderEventRuleProps } from '../order-event-options';

/** Returns the event pattern of a subscription. */
export function orderEventPattern(events: PipelineEvents, props: OrderEventRuleProps): EventPattern {
  const { eventType, channels, minimumTotal } = props;
  const customer = { customerId: oneOf(props.customerIds) };
  const order = {
    ...customer,
    currency: oneOf(props.currencies),
  };
  const { orderTotal, $or } = minimumTotalPattern(minimumTotal);
  return {
    source: [events.eventSource],
    detailType: eventType === undefined ? undefined : [eventType],
    detail: withValues({
      metadata: withValues({ pipeline: pipelinePattern(events, props), channel: channels && channelPattern(channels), orderTotal }),
      // A rejected order may be malformed, so its event does not include the order.
      data: withValues(eventType === EVENT_TYPE.ORDER_REJECTED ? customer : { order: withValues(order) }),
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
