import { Duration } from 'aws-cdk-lib';
import type { EnvName } from './contract';
import type { OrderRetentionOptions } from '../options';

/** What every handler of commands is told, so that all of them decide alike. */
export const orderLifeSettings = ({ rejectedOrderRetention, parkedCommandRetention }: OrderRetentionOptions) => ({
  REJECTED_ORDER_RETENTION: String((rejectedOrderRetention ?? Duration.days(30)).toSeconds()),
  PARKED_COMMAND_RETENTION: String((parkedCommandRetention ?? Duration.days(7)).toSeconds()),
}) satisfies Partial<Record<EnvName, string>>;
