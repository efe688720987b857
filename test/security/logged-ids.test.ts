import './debug-env';
import '../handlers/shared/redrive/redrive-env';
import { canaryOrder, expectNoPersonalDataInLogs } from './canaries';
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

/** An id with personal data. The API rejects such correlation ids; events and commands from other sources can have them. */
const PERSON = 'canary@example.com';

describe('the logs do not contain an id that is an email address', () => {
  test.each(['commandId', 'correlationId'])('of validate-order, if it is the %s of a command', async (field) => {
    freshAws();
    await validateOrder(sqsEvent(fifoRecord('message-1', sampleCommand({ [field]: PERSON, payload: canaryOrder() }), 'order-1')), sampleContext());
    expectNoPersonalDataInLogs();
  });

  test.each([
    ['process-order', processOrder, orderValidated], ['change-order', changeOrder, changeRequested], ['cancel-order', cancelOrder, cancellationRequested],
  ] as const)('of %s, if it is the correlation id of an event', async (_, handler, published) => {
    freshAws().seed(confirmedItem());
    const { metadata, ...event } = published({ commandId: 'command-2', sequence: 2 });
    await deliver(handler, onTheBus({ ...event, metadata: { ...metadata, correlationId: PERSON } } as never));
    expectNoPersonalDataInLogs();
  });

  test.each(['commandId', 'correlationId'])('of redrive-dead-letters, if it is the %s of a dead-letter message', async (field) => {
    const aws = new FakeSqs();
    aws.put('orders-dlq.fifo', sampleCommand({ [field]: PERSON }), { group: 'order-1' });
    await redriveDeadLetters({ action: 'redrive', dryRun: false, maxPerSecond: 100, queue: 'orders' }, sampleContext(300_000));
    expectNoPersonalDataInLogs();
  });
});
