import { createRequire } from 'node:module';
import { join } from 'node:path';
import { environmentFor } from './environment';
import { CONTEXT, isHandedOn, recordAfter, requestFor, STAGES, type Stage } from './stages';
import { startStubAws } from './stub-aws';
import { WITHOUT_HOOK } from '../../../src/private/contract';

/** The functions that get something for each order: the stages that it passes, and the history of what the last one publishes. */
export type Invoked = Stage | 'record-order-event';

/** What each function is invoked with, for a batch of orders: the requests of the API, and the records that each stage led to. */
export type Inputs = Readonly<Record<Invoked, readonly object[]>>;

/** Carries orders through the bundled handlers one by one, and collects what each of them gets. */
export async function collectInputs(orders: number): Promise<Inputs> {
  let onRequest: (operation: string, body: string) => void = () => undefined;
  const stub = await startStubAws(0, ({ operation, body }) => { onRequest(operation, body); });
  Object.assign(process.env, environmentFor(stub.url), { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' });
  const inputs: Record<Invoked, object[]> = {
    'receive-order': [], 'validate-order': [], 'process-order': [], 'publish-order-changes': [], 'record-order-event': [],
  };
  const handlers = STAGES.map((stage) => loadBundle(stage));
  for (let order = 0; order < orders; order++) {
    let input: object = requestFor(`order-${order}`);
    for (const [index, stage] of STAGES.entries()) {
      inputs[stage].push(input);
      let next: object | undefined;
      onRequest = (operation, body) => { if (isHandedOn(stage, operation)) next = recordAfter(stage, body, `record-${order}`); };
      await handlers[index](eventFor(stage, [input]), CONTEXT);
      if (!next) throw new Error(`${stage} did not hand on order ${order}`);
      input = next;
    }
    inputs['record-order-event'].push(input);
  }
  stub.server.close();
  return inputs;
}

/** The event with which Lambda invokes a function. */
export const eventFor = (stage: Invoked, batch: readonly object[]): object => (stage === 'receive-order' ? batch[0] : { Records: batch });

/** The records of a batch, as messages that were sent just now: the queues of old ones give up. */
export function batchFor(records: readonly object[]): object[] {
  const now = String(Date.now());
  return records.map((record) => ('attributes' in record
    ? { ...record, attributes: { ...record.attributes as object, SentTimestamp: now, ApproximateFirstReceiveTimestamp: now } }
    : record));
}

type Handler = (event: object, context: object) => Promise<unknown>;

/** Loads the bundle of a handler as Lambda does. The layer is found by `NODE_PATH`, which Node.js reads when it starts. */
export function loadBundle(handler: string): Handler {
  const load = createRequire(join(process.cwd(), 'package.json'));
  return (load(join(process.cwd(), 'assets', 'handlers', handler, handler === 'validate-order' ? `${WITHOUT_HOOK}.js` : 'index.js')) as { handler: Handler }).handler;
}
