import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EVENT_TYPE } from './contract';
import { integerBetween, type ValidationError } from './validate';
import type { OrderEventRuleProps } from '../order-event-rule';

/** Numeric matching of EventBridge is limited to values between -5.0e9 and +5.0e9, inclusive. */
const NUMERIC_MATCH_LIMIT = 5_000_000_000;

/** The events that show the order. */
const SHOWING_ORDER: readonly string[] = [
  EVENT_TYPE.ORDER_VALIDATED, EVENT_TYPE.ORDER_CONFIRMED, EVENT_TYPE.ORDER_CHANGED, EVENT_TYPE.ORDER_CANCELLED,
];

/** What is wrong with the options of a subscription. */
export const validateEventRuleOptions = (props: OrderEventRuleProps): ValidationError[] => [
  ...validateList('channels', props.channels),
  ...validateList('customerIds', props.customerIds, (id) =>
    (id.length >= 1 && id.length <= 64 ? undefined : `customerIds must have 1 to 64 characters each, got ${id.length}`)),
  ...validateList('currencies', props.currencies, (currency) =>
    (/^[A-Z]{3}$/.test(currency) ? undefined : `currencies must be codes of ISO 4217, such as EUR, got ${currency}`)),
  integerBetween('minimumTotal', props.minimumTotal, 0, NUMERIC_MATCH_LIMIT),
  ...validateVisibleInEvent(props),
  props.deadLetterQueue?.fifo ? 'deadLetterQueue must be a standard queue, got a FIFO one' : undefined,
];

/** An empty list would match nothing. Entries that are known only at deployment are let through. */
function validateList(prop: string, values: readonly string[] | undefined, check?: (value: string) => ValidationError): ValidationError[] {
  if (values === undefined || Token.isUnresolved(values)) return [];
  if (values.length === 0) return [`${prop} must have at least one entry, got none`];
  return values.filter((value) => !Token.isUnresolved(value)).map((value) => check?.(value));
}

/** What an event does not show, nothing can match. */
function validateVisibleInEvent({ eventType, ...props }: OrderEventRuleProps): ValidationError[] {
  if (eventType === undefined || Token.isUnresolved(eventType) || SHOWING_ORDER.includes(eventType)) return [];
  const unseen = eventType === EVENT_TYPE.ORDER_REJECTED ? ['currencies', 'minimumTotal'] as const : ['customerIds', 'currencies', 'minimumTotal'] as const;
  return unseen.filter((prop) => props[prop] !== undefined).map((prop) => `${prop} is of no use with ${eventType}, which does not show it`);
}

/** Warns of a smallest total for orders of more than one currency. */
export function warnOfMixedTotals(scope: Construct, { minimumTotal, currencies }: OrderEventRuleProps): void {
  if (minimumTotal === undefined || Token.isUnresolved(currencies) || new Set(currencies).size === 1) return;
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:minimumTotal',
    'minimumTotal compares totals of different currencies, which do not compare; give exactly one of currencies with it',
  );
}
