import { Duration } from 'aws-cdk-lib';
import type { EnvName } from './contract';
import type { OrderRetentionOptions } from '../options';
import type { ConfirmationOptions } from '../order-confirmation';

/** Settings of all handlers of commands, which apply the same rules. */
export const lifecycleSettings = (
  { rejectedOrderRetention, pendingCommandRetention, confirmation }: OrderRetentionOptions & ConfirmationOptions,
) => ({
  REJECTED_ORDER_RETENTION: String((rejectedOrderRetention ?? Duration.days(30)).toSeconds()),
  PENDING_COMMAND_RETENTION: String((pendingCommandRetention ?? Duration.days(7)).toSeconds()),
  ...(confirmation ? { CONFIRMATION: JSON.stringify(confirmation._settings()) } : {}),
}) satisfies Partial<Record<EnvName, string>>;
