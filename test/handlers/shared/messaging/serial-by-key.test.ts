import { serialByKey } from '#shared';

interface Task {
  readonly name: string;
  readonly key?: string;
  readonly fails?: true;
}

/** Work that records when it begins and ends. */
function worker() {
  const steps: string[] = [];
  const work = serialByKey(({ key }: Task) => key, async ({ name, fails }: Task) => {
    steps.push(`begin ${name}`);
    await new Promise((resolve) => { setImmediate(resolve); });
    steps.push(`end ${name}`);
    if (fails) throw new Error(`${name} failed`);
    return name;
  });
  return { steps, work };
}

test('work for one key is done one after the other, in the order in which it came', async () => {
  const { steps, work } = worker();

  expect(await Promise.all(['1', '2', '3'].map((name) => work({ name, key: 'a' })))).toEqual(['1', '2', '3']);
  expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
});

test('work for several keys is done at once', async () => {
  const { steps, work } = worker();
  await Promise.all([work({ name: '1', key: 'a' }), work({ name: '2', key: 'b' })]);

  expect(steps.slice(0, 2)).toEqual(['begin 1', 'begin 2']);
});

test('work without a key waits for nothing', async () => {
  const { steps, work } = worker();
  await Promise.all([work({ name: '1' }), work({ name: '2' })]);

  expect(steps.slice(0, 2)).toEqual(['begin 1', 'begin 2']);
});

test('fails when the work fails, and the next is done all the same', async () => {
  const { work } = worker();
  const [first, second] = await Promise.allSettled([work({ name: '1', key: 'a', fails: true }), work({ name: '2', key: 'a' })]);

  expect(first).toMatchObject({ status: 'rejected', reason: new Error('1 failed') });
  expect(second).toEqual({ status: 'fulfilled', value: '2' });
});

test('work that comes after all is done begins at once', async () => {
  const { steps, work } = worker();
  await work({ name: '1', key: 'a' });
  await new Promise((resolve) => { setImmediate(resolve); });
  await work({ name: '2', key: 'a' });

  expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});
