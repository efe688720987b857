import { measureChannel } from './bill';
import { synthesizePipeline } from './synthesize-pipeline';
import type { Usage } from './usage';

jest.setTimeout(120_000);

/** To three decimals. */
const rounded = (counts: Usage | Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.round(count * 1000) / 1000]));

const WRITE_UNITS = {
  'HistoryTable': 2, 'OrdersTable': 2, 'OrdersTable byCustomer': 1, 'OrdersTable byStatus': 1, 'SequenceTable': 1,
};

describe('an order of 1 KB', () => {
  test('over the API, one by one, causes these requests, write units and invocations', async () => {
    const { counts, notMeasured } = await measureChannel(synthesizePipeline({}), 'api', { isBatched: false });
    expect(rounded(counts.calls)).toEqual({ SendMessage: 1, Put: 1, PutItem: 1, PutEvents: 2, BatchExecuteStatement: 2 });
    expect(rounded(counts.writeUnits)).toEqual(WRITE_UNITS);
    expect(rounded(counts.invocations)).toEqual({ 'receive-order': 1, 'validate-order': 1, 'process-order': 1, 'publish-order-changes': 1 });
    expect(notMeasured).toEqual([]);
  });

  test('over the API, in bursts, shares requests and invocations with nine others, but no write', async () => {
    const { counts, usage } = await measureChannel(synthesizePipeline({}), 'api', { isBatched: true });
    expect(rounded(counts.calls)).toEqual({ SendMessage: 1, Put: 1, PutItem: 1, PutEvents: 0.219, BatchExecuteStatement: 0.151 });
    expect(rounded(counts.writeUnits)).toEqual(WRITE_UNITS);
    expect(rounded(counts.invocations)).toEqual({ 'receive-order': 1, 'validate-order': 0.1, 'process-order': 0.1, 'publish-order-changes': 0.051 });
    expect(rounded(usage)).toMatchObject({ restRequests: 1, events: 2, sqsFifoRequests: 1.2, sqsRequests: 1.2, writeUnits: 7 });
  });

  test('in a file is sent with nine others, and its outcome is recorded with many', async () => {
    const { counts, usage } = await measureChannel(synthesizePipeline({}), 'file', { isBatched: true });
    expect(rounded(counts.calls)).toEqual({
      BatchExecuteStatement: 0.151,
      Get: 0.031,
      GetObject: 0.002,
      HeadObject: 0.002,
      Put: 1.02,
      PutEvents: 0.222,
      PutItem: 1,
      PutObject: 0.003,
      Query: 0.002,
      SendMessage: 0.001,
      SendMessageBatch: 0.101,
      Update: 0.007,
    });
    expect(rounded(counts.writeUnits)).toEqual({ ...WRITE_UNITS, 'FilesTable': 0.023, 'FilesTable byState': 0.011 });
    expect(usage).not.toHaveProperty('restRequests');
  });

  test('without the history has neither its requests nor its write units', async () => {
    const { counts, usage } = await measureChannel(synthesizePipeline({ hasHistory: false, isHttp: true }), 'api', { isBatched: false });
    expect(rounded(counts.calls)).toEqual({ SendMessage: 1, Put: 1, PutItem: 1, PutEvents: 2 });
    expect(rounded(usage)).toMatchObject({ httpRequests: 1, sqsFifoRequests: 3, sqsRequests: 3, writeUnits: 5, lambdaRequests: 4 });
  });

  test('uses the same whenever it is measured', async () => {
    const [one, other] = [await measureChannel(synthesizePipeline({}), 'api', { isBatched: true }), await measureChannel(synthesizePipeline({}), 'api', { isBatched: true })];
    expect(other.usage).toEqual(one.usage);
    expect(other.stored).toEqual(one.stored);
  });
});

test('functions that the simulation cannot run are named, and the rest is measured', async () => {
  const { counts, notMeasured } = await measureChannel(synthesizePipeline({}, { stream: {} }), 'api', { isBatched: false });
  expect(notMeasured).toEqual(['the function publish-to-stream, which the simulation does not run']);
  expect(rounded(counts.writeUnits)).toEqual(WRITE_UNITS);
});

test('a pipeline without files has no costs of files', async () => {
  await expect(measureChannel(synthesizePipeline({}, { fileIngest: false }), 'file', { isBatched: true }))
    .rejects.toThrow('The pipeline of the template does not ingest files: use --file-share 0.');
});
