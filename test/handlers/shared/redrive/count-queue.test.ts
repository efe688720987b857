import { countQueue, type DeadLetterQueues } from '#shared';
import { sampleDeadLetterMessage, sampleRoute } from './sample-dead-letter-message';

const queues = (changes: Partial<DeadLetterQueues>): DeadLetterQueues =>
  ({ count: async () => ({ visible: 0, inFlight: 0 }), receive: async () => [], release: async () => undefined, ...changes });

test('the count has the visible messages and those in flight', async () => {
  const receive = jest.fn();
  expect(await countQueue(sampleRoute(), queues({ count: async () => ({ visible: 7, inFlight: 2 }), receive }))).toMatchObject({ queue: 'processing', count: 9 });
  expect(receive).not.toHaveBeenCalled();
});

test('a queue with the count 0 is read, because counts lag behind; its messages stay visible', async () => {
  const receive = jest.fn(async () => [sampleDeadLetterMessage()]);
  expect(await countQueue(sampleRoute(), queues({ receive }))).toMatchObject({ count: 1 });
  expect(receive).toHaveBeenCalledWith('https://sqs.test/1/processing-dlq', 0);
});

test('fails when the queue cannot be read, with the error\'s name', async () => {
  const count = () => Promise.reject(Object.assign(new Error(), { name: 'AccessDenied' }));
  expect(await countQueue(sampleRoute(), queues({ count }))).toMatchObject({ count: 0, stopReason: 'ERROR', error: 'AccessDenied' });
});
