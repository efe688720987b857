import { PIPELINE_HANDLERS } from './pipeline-handlers';
import { HANDLER_ENV, type HandlerName } from '../../src/private/contract';

/** The handlers of parts that a pipeline has only when the app asks for them. */
const OPTIONAL_HANDLERS: readonly HandlerName[] = [
  'decide-confirmation', 'request-confirmation',
  'create-webhook-deliveries', 'deliver-webhooks', 'manage-webhooks',
  'publish-to-stream', 'receive-source-orders',
  'authorize-live-connection', 'receive-live-message', 'find-live-subscribers', 'send-live-updates',
  'resolve-graphql-query', 'resolve-graphql-mutation', 'notify-graphql-subscribers',
];

/** Every handler. */
export const HANDLERS = Object.keys(HANDLER_ENV) as HandlerName[];

/** The handlers of a pipeline without props. */
export const DEFAULT_HANDLERS = PIPELINE_HANDLERS.filter((handler) => !OPTIONAL_HANDLERS.includes(handler));
