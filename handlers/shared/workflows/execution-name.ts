import { MAX_EXECUTION_NAME } from '../../../src/private/contract';
import { digest } from '../orders/ids';

const DIGEST_LENGTH = 32;

/**
 * The name of the execution that an event starts. It is derived from the ID of the event, so that the event starts one execution, however often it is
 * delivered. It begins with the order ID, as far as it fits, by which an operator finds it in the console.
 *
 * @param workflow names the workflow. Several workflows publish their events about an order with IDs that begin with the name of the execution.
 */
export const executionName = (workflow: string, orderId: string, eventId: string): string =>
  `${orderId.slice(0, MAX_EXECUTION_NAME - DIGEST_LENGTH - 1)}-${digest(['workflow', workflow, eventId]).slice(0, DIGEST_LENGTH)}`;
