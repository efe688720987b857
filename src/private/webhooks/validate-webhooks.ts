import { Duration, Size, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isNetwork } from './special-networks';
import { validateEndpoints } from './validate-endpoints';
import { DELIVER_RESERVE, DELIVER_TIMEOUT, WEBHOOK_DEFAULTS } from './webhook-settings';
import type { CommonOptions } from '../../options';
import type { OrderWebhooksOptions } from '../../order-webhooks-options';
import { cannotBeSet, durationAbove, durationBetween, integerBetween, sizeBetween, type ValidationError } from '../validate';
import { validateAlertTopic } from '../validate-alert-topic';
import { validateApiHandler, validateQueueConsumer } from '../validate-consumer';

/** Validates the options of `OrderWebhooks`. */
export function validateWebhooksOptions(scope: Construct, props: OrderWebhooksOptions, { tenants }: CommonOptions): ValidationError[] {
  return [
    ...validateEndpoints(props, tenants !== undefined),
    ...validateNetworks(props.allowedNetworks),
    ...validateLimits(props),
    ...validateAlertTopic(scope, props.alertTopic),
    ...validateQueueConsumer('createWebhookDeliveries', props.createWebhookDeliveries),
    ...validateQueueConsumer('deliverWebhooks', props.deliverWebhooks),
    validateTimeout(props),
    ...validateApiHandler('manageWebhooks', props.manageWebhooks),
    ...(props.managementApi === false ? cannotBeSet(props, ['manageWebhooks', 'maxWebhooks', 'secretOverlap'], 'when `managementApi` is false') : []),
    props.managementApi === false && !props.endpoints?.length ? '`endpoints` must have at least one entry when `managementApi` is false, got none' : undefined,
  ];
}

function validateNetworks(networks: readonly string[] | undefined): ValidationError[] {
  if (networks === undefined) return [];
  if (Token.isUnresolved(networks)) return ['`allowedNetworks` must be known at synth, because URLs are compared with them'];
  return networks.map((network) => (isNetwork(network) ? undefined : `\`allowedNetworks\` must be networks such as 10.0.0.0/16, got ${network}`));
}

function validateLimits(props: OrderWebhooksOptions): ValidationError[] {
  const { retryDuration = WEBHOOK_DEFAULTS.retryDuration, deliveryRetention = WEBHOOK_DEFAULTS.deliveryRetention } = props;
  return [
    durationBetween('requestTimeout', props.requestTimeout, Duration.seconds(1), Duration.seconds(30)),
    durationBetween('retryDuration', props.retryDuration, Duration.minutes(1), Duration.days(14)),
    durationBetween('disableAfter', props.disableAfter, Duration.hours(1), Duration.days(90)),
    durationBetween('deliveryRetention', props.deliveryRetention, Duration.days(1), Duration.days(365)),
    durationAbove('deliveryRetention', deliveryRetention, '`retryDuration`', retryDuration),
    durationBetween('secretOverlap', props.secretOverlap, Duration.minutes(1), Duration.days(30)),
    sizeBetween('maxPayloadSize', props.maxPayloadSize, Size.kibibytes(1), Size.kibibytes(256)),
    integerBetween('maxWebhooks', props.maxWebhooks, 1, 100),
  ];
}

/** A request must end within an invocation. */
function validateTimeout({ deliverWebhooks, requestTimeout = WEBHOOK_DEFAULTS.requestTimeout }: OrderWebhooksOptions): ValidationError {
  const timeout = deliverWebhooks?.timeout ?? DELIVER_TIMEOUT;
  if (timeout.isUnresolved() || requestTimeout.isUnresolved()) return undefined;
  if (timeout.toSeconds() >= requestTimeout.plus(DELIVER_RESERVE).toSeconds()) return undefined;
  return `\`deliverWebhooks.timeout\` must be at least ${DELIVER_RESERVE.toHumanString()} longer than \`requestTimeout\` (${requestTimeout.toHumanString()}), got ${timeout.toHumanString()}`;
}
