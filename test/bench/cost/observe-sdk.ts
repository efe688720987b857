import type { Call, Observed } from './observed';
import type { Deployment } from '../../simulation/deployment';
import { payloadOf } from '../../simulation/payload';
import { current } from '../../simulation/runtime';

/* eslint-disable @typescript-eslint/no-explicit-any -- modules and clients of all services */

/** A function whose requests are observed. */
export interface ObservedFunction {
  readonly name: string;
  readonly observed: Observed;
  readonly deployment: Deployment;
}

type Client = { readonly send: (command: any, options?: unknown) => Promise<unknown> };

/**
 * A module of the SDK whose clients are observed. The simulation has modules of its own in place of the SDK's.
 *
 * @throws Error if it is the SDK's own: it would send requests to AWS
 */
export function observedModule(module: string, loaded: any, caller: ObservedFunction): any {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- to compare them
  if (loaded === require(module)) throw new Error(`${module} is not simulated.`);
  return Object.fromEntries(Object.entries<any>(loaded).map(([name, value]) => {
    if (name === 'DynamoDBDocumentClient') return [name, { from: (...args: unknown[]) => sender(value.from(...args), caller) }];
    if (name === 'Upload') return [name, observedUpload(value, caller)];
    if (!name.endsWith('Client')) return [name, value];
    // A function that returns an object constructs that object when it is called with `new`.
    return [name, function () { return sender(new value(), caller); }];
  }));
}

const sender = (client: Client, caller: ObservedFunction): Client => ({
  send: (command, options) =>
    observedSend({ functionName: caller.name, operation: command.operation, input: command.input }, () => client.send(command, options), caller),
});

const observedUpload = (Upload: any, { name, observed }: ObservedFunction) => class extends Upload {
  done(): Promise<unknown> {
    observed.calls.push({ functionName: name, operation: 'PutObject', input: this.options.params });
    return super.done();
  }
};

async function observedSend(call: Call, send: () => Promise<unknown>, { observed, deployment }: ObservedFunction): Promise<unknown> {
  observed.calls.push(call);
  const invoked = call.operation === 'Invoke' ? String(call.input.FunctionName).split(':').at(-1)! : undefined;
  try {
    call.response = invoked === undefined || invoked in deployment.functions ? await send() : await invokeApp(call, invoked, observed);
    return call.response;
  } catch (error) {
    call.error = error as Error;
    throw error;
  }
}

/** The time that a function of the app takes, in milliseconds. */
const APP_FUNCTION_MS = 15;

/** The answer of a validation hook that accepts, or of a function that confirms. */
async function invokeApp({ functionName, input }: Call, invoked: string, observed: Observed): Promise<unknown> {
  observed.appFunctions.add(invoked);
  await current.clock.sleep(APP_FUNCTION_MS);
  const { orders } = JSON.parse(Buffer.from(input.Payload).toString()) as { readonly orders: readonly unknown[] };
  return payloadOf({ results: orders.map(() => (functionName === 'request-confirmation' ? { decision: 'CONFIRM' } : { accepted: true })) });
}
