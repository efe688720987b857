import '../../../support/handler-env';
import type { RoutesSetting } from '#shared';

/** The routes of a pipeline with a queue of every kind, as the construct sets them. */
const SETTING: RoutesSetting = {
  at: 'https://sqs.test/1/orders-dlq.fifo',
  routes: [
    { name: 'orders', from: 'orders-dlq.fifo', to: 'orders.fifo', fifo: true, groupIsOrder: true, tries: 5 },
    { name: 'processing', from: 'processing-dlq', to: 'processing', tries: 3 },
    { name: 'stream', from: 'stream-dlq', call: 'publish-order-changes' },
    { name: 'expiry', from: 'expiry-dlq', notRedrivable: 'the next call has done it' },
  ],
};

process.env.REDRIVE_ROUTES = JSON.stringify(SETTING);
