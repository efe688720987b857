import './debug-env';
import '../handlers/shared/redrive/redrive-env';
import { canaryOrder, expectSilence } from './canaries';
import { handler as cancelOrder } from '../../handlers/cancel-order';
import { handler as changeOrder } from '../../handlers/change-order';
import { handler as processOrder } from '../../handlers/process-order';
import { handler as redriveDeadLetters } from '../../handlers/redrive-dead-letters';
import { handler as validateOrder } from '../../handlers/validate-order';
import { FakeSqs } from '../handlers/shared/redrive/fake-sqs';
import { deliver, freshAws } from '../support/command-consumer';
import { sampleContext } from '../support/sample-context';
import { cancellationRequested, changeRequested, confirmedItem, onTheBus, orderValidated, sampleCommand } from '../support/sample-messages';
import { fifoRecord, sqsEvent } from '../support/sqs-event';

/** An id that somebody made of a person. The doors take no such correlation ids; these ways past the doors do. */
const PERSON = 'canary@example.com';

describe('an id that is an address does not go into the log', () => {
  test.each(['commandId', 'correlationId'])('of validate-order, when somebody who may send orders gives it as %s', async (field) => {
    freshAws();
    await validateOrder(sqsEvent(fifoRecord('message-1', sampleCommand({ [field]: PERSON, payload: canaryOrder() }), 'order-1')), sampleContext());
    expectSilence();
  });

  test.each([
    ['process-order', processOrder, orderValidated], ['change-order', changeOrder, changeRequested], ['cancel-order', cancelOrder, cancellationRequested],
  ] as const)('of %s, when somebody who may publish gives it as an id', async (_, handler, published) => {
    freshAws().seed(confirmedItem());
    const { metadata, ...event } = published({ commandId: 'command-2', sequence: 2 });
    await deliver(handler, onTheBus({ ...event, metadata: { ...metadata, correlationId: PERSON } } as never));
    expectSilence();
  });

  test.each(['commandId', 'correlationId'])('of redrive-dead-letters, when a dead letter has it as %s', async (field) => {
    const aws = new FakeSqs();
    aws.put('orders-dlq.fifo', sampleCommand({ [field]: PERSON }), { group: 'order-1' });
    await redriveDeadLetters({ action: 'redrive', dryRun: false, maxPerSecond: 100, queue: 'orders' }, sampleContext(300_000));
    expectSilence();
  });
});
