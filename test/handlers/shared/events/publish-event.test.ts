import { publishEvent } from '#shared';
import { orderValidated } from '../../../support/sample-messages';

test('an event is published alone', async () => {
  const publish = jest.fn(async () => new Map());
  const event = orderValidated();
  await publishEvent(publish, event);

  expect(publish.mock.calls).toEqual([[[event]]]);
});

test('fails when it could not be published, with the reason', async () => {
  const event = orderValidated();
  const down = new Error('down');

  await expect(publishEvent(async () => new Map([[event, down]]), event)).rejects.toBe(down);
});
