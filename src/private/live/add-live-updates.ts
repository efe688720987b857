import type { Construct } from 'constructs';
import { OrderLiveUpdates } from '../../order-live-updates';
import type { OrderLiveUpdatesOptions, OrderLiveUpdatesProps } from '../../order-live-updates-options';

/** The options of live updates that the API of a pipeline has by the same names. */
const OF_THE_API = { authentication: undefined, throttle: undefined, accessLog: undefined, cloudWatchRole: undefined };

/** Creates the live updates of a pipeline. */
export const addLiveUpdates = (scope: Construct, options: OrderLiveUpdatesOptions, props: OrderLiveUpdatesProps): OrderLiveUpdates =>
  new OrderLiveUpdates(scope, 'LiveUpdates', { ...props, ...OF_THE_API, ...options });
