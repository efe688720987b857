import { Duration, Size, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrderWebhooksOptions } from '../../order-webhooks-options';
import type { WebhookEndpoint } from '../../webhook-endpoint';
import type { AppWebhook, EnvName, WebhookSettings } from '../contract';

/** The defaults of the limits of webhooks. */
export const WEBHOOK_DEFAULTS = {
  requestTimeout: Duration.seconds(10),
  retryDuration: Duration.days(3),
  disableAfter: Duration.days(5),
  deliveryRetention: Duration.days(30),
  secretOverlap: Duration.hours(24),
  maxPayloadSize: Size.kibibytes(256),
  maxWebhooks: 20,
};

/** The default timeout of `deliver-webhooks`: a run continues in another invocation when its time is up. */
export const DELIVER_TIMEOUT = Duration.seconds(60);

/** What an invocation needs besides the longest request. */
export const DELIVER_RESERVE = Duration.seconds(15);

/** The settings of webhooks and those of the props, as environment variables. */
export function webhookEnvironment(scope: Construct, props: OrderWebhooksOptions): Partial<Record<EnvName, string>> {
  const stack = Stack.of(scope);
  return {
    WEBHOOK_SETTINGS: stack.toJsonString(settingsOf(props)),
    WEBHOOK_ENDPOINTS: stack.toJsonString((props.endpoints ?? []).map(appWebhookOf)),
  };
}

function settingsOf({ allowHttp = false, allowedNetworks = [], ...options }: OrderWebhooksOptions): WebhookSettings {
  const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings = { ...WEBHOOK_DEFAULTS, ...defined };
  const { requestTimeout, retryDuration, disableAfter, deliveryRetention, secretOverlap, maxPayloadSize, maxWebhooks } = settings;
  return {
    allowHttp,
    allowedNetworks,
    requestTimeout: requestTimeout.toSeconds(),
    retryDuration: retryDuration.toSeconds(),
    disableAfter: disableAfter.toSeconds(),
    deliveryRetention: deliveryRetention.toSeconds(),
    secretOverlap: secretOverlap.toSeconds(),
    maxPayloadSize: maxPayloadSize.toBytes(),
    maxWebhooks,
  };
}

const appWebhookOf = ({ secret, ...endpoint }: WebhookEndpoint): AppWebhook => ({ ...endpoint, ...(secret ? { secretArn: secret.secretArn } : {}) });
