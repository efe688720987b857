import * as fc from 'fast-check';
import { sequenceOf } from '#shared';
import { fifoRecord, sqsRecord } from '../../support/sqs-event';

const sequence = (number: bigint) => sequenceOf(fifoRecord('message-1', '', 'group', String(number)), 'command-1');

test('a queue\'s sequence numbers compare as text as they do as numbers', () => {
  const numbers = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
  fc.assert(fc.property(numbers, numbers, (a, b) => {
    expect(sequence(a) < sequence(b)).toBe(a < b);
  }));
});

test('the highest sequence number fits', () => {
  expect(sequence(2n ** 128n - 1n)).toHaveLength(39);
});

test('a runtime without sequence numbers falls back to the command\'s id', () => {
  expect(sequenceOf(sqsRecord('message-1', ''), 'command-1')).toBe('command-1');
});
