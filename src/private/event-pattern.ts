import { Match, type EventPattern } from 'aws-cdk-lib/aws-events';
import { DEFAULT_EVENT_SOURCE, EVENT_TYPE } from './contract';
import { OrderChannel } from '../order-event-options';
import type { OrderEventRuleProps } from '../order-event-rule';

/** The pattern of the events that a subscription asks for. */
export function orderEventPattern(props: OrderEventRuleProps): EventPattern {
  const { eventSource, eventType, channels, minimumTotal } = props;
  const customer = { customerId: oneOf(props.customerIds) };
  const order = {
    ...customer,
    currency: oneOf(props.currencies),
    total: minimumTotal === undefined ? undefined : Match.greaterThanOrEqual(minimumTotal),
  };
  return {
    source: [eventSource ?? DEFAULT_EVENT_SOURCE],
    detailType: eventType === undefined ? undefined : [eventType],
    detail: given({
      metadata: given({ channel: channels && oneChannelOf(channels) }),
      // A rejected order may be no order at all: it is not shown.
      data: given(eventType === EVENT_TYPE.ORDER_REJECTED ? customer : { order: given(order) }),
    }),
  };
}

const oneOf = (values: readonly string[] | undefined): string[] | undefined => values && Match.anyOf(...values);

/** Another system's event comes by the bus, also when it does not say so. */
const oneChannelOf = (channels: readonly OrderChannel[]): string[] =>
  Match.anyOf(...channels, ...(channels.includes(OrderChannel.BUS) ? [Match.doesNotExist()] : []));

/** The entries that have a value; undefined when none has. An empty object in a pattern would be an error. */
function given(entries: Record<string, unknown>): Record<string, unknown> | undefined {
  const withValue = Object.entries(entries).filter(([, value]) => value !== undefined);
  return withValue.length > 0 ? Object.fromEntries(withValue) : undefined;
}
