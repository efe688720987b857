import type { Context } from 'aws-lambda';
import * as standardModel from '../../../handlers/model/standard';
import { LAYER_MODULE, ORDER_MODEL_MODULE } from '../../../src/private/contract';
import type { Loaded } from '../../simulation/account';
import type { Code } from '../../simulation/bundle';
import type { Deployment } from '../../simulation/deployment';
import { payloadOf } from '../../simulation/payload';
import { compile, current, simulatedProcess } from '../../simulation/runtime';

/** A request of a function to a service of AWS. */
export interface Call {
  readonly functionName: string;
  readonly operation: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests of all services
  readonly input: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses of all services
  response?: any;
  error?: Error;
}

/** An invocation of a function. */
export interface Invocation {
  readonly functionName: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- events of all kinds
  readonly event: any;
  /** The time that its requests took. */
  readonly milliseconds: number;
}

/** What the functions did. */
export class Observed {
  readonly calls: Call[] = [];
  readonly invocations: Invocation[] = [];
  readonly lines: string[] = [];
  /** Functions that cannot be loaded, such as those that use services which are not simulated. They do nothing. */
  readonly notSimulated = new Set<string>();
  /** Functions of the app that were called; they accept and confirm every order. */
  readonly appFunctions = new Set<string>();
}

/* eslint-disable @typescript-eslint/no-explicit-any -- modules and clients of all services */

type Require = (name: string) => any;

/** Lambda's own variables, and a region, as functions have them. */
const RUNTIME = { AWS_REGION: 'us-east-1' };

/** Loads the handlers so that their requests, invocations and log lines are observed. */
export function loadObserved({ layer, handlers }: Code, deployment: Deployment, observed: Observed): Loaded {
  const log = (line: string) => void observed.lines.push(line);
  const console = { Console: class { log = log; debug = log; info = log; warn = log; error = log; trace = log; } };
  const shared: Require = (name) => (/^(node:)?console$/.test(name) ? console : name === ORDER_MODEL_MODULE ? standardModel : require(name));
  simulatedProcess.env = { ...Object.values(deployment.functions)[0].environment, ...RUNTIME };
  const functions = Object.fromEntries(Object.entries(deployment.functions).map(([name, settings]) => [name, { ...settings, environment: { ...settings.environment, ...RUNTIME } }]));
  return {
    layer: compile(layer, 'layer.js')(shared as never),
    handlers: Object.fromEntries(Object.keys(functions).filter((name) => name in handlers).map((name) => [name, observedHandler(name, handlers[name], observed, deployment)])),
    deployments: { observed: { ...deployment, functions } },
  };
}

function observedHandler(name: string, code: string, observed: Observed, deployment: Deployment): Loaded['handlers'][string] {
  const run = compile(code, `${name}.js`);
  return (requireOther) => ({ handler: timed(name, handlerOf(name, run, requireOther, observed, deployment), observed) });
}

function handlerOf(name: string, run: ReturnType<typeof compile>, requireOther: Require, observed: Observed, deployment: Deployment): (event: any, context: Context) => Promise<unknown> {
  try {
    return run((module) => observedModule(module, requireOther(module), name, observed, deployment)).handler as never;
  } catch {
    observed.notSimulated.add(name);
    return async () => ({ batchItemFailures: [] });
  }
}

const timed = (functionName: string, handler: (event: any, context: Context) => Promise<unknown>, observed: Observed) => async (event: any, context: Context) => {
  const started = current.clock.now;
  const result = await handler(event, { ...context, functionName, awsRequestId: REQUEST_ID });
  observed.invocations.push({ functionName, event, milliseconds: current.clock.now - started });
  return result;
};

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

/** The simulation has modules of its own in place of the SDK's clients; others would send requests to AWS. */
function observedModule(module: string, loaded: any, functionName: string, observed: Observed, deployment: Deployment): any {
  if (module === LAYER_MODULE || !/^@aws-sdk\/(client|lib)-/.test(module)) return loaded;
  if (loaded === require(module)) throw new Error(`${module} is not simulated.`);
  const sender = (client: any) => ({ send: (command: any, options: unknown) => observedSend({ functionName, operation: command.operation, input: command.input }, () => client.send(command, options), observed, deployment) });
  return Object.fromEntries(Object.entries<any>(loaded).map(([name, value]) => {
    if (name === 'DynamoDBDocumentClient') return [name, { from: (...args: unknown[]) => sender(value.from(...args)) }];
    if (name === 'Upload') return [name, observedUpload(value, functionName, observed)];
    if (!name.endsWith('Client')) return [name, value];
    // A function that returns an object constructs that object when it is called with `new`.
    return [name, function () { return sender(new value()); }];
  }));
}

const observedUpload = (Upload: any, functionName: string, observed: Observed) => class extends Upload {
  done(): Promise<unknown> {
    observed.calls.push({ functionName, operation: 'PutObject', input: this.options.params });
    return super.done();
  }
};

async function observedSend(call: Call, send: () => Promise<unknown>, observed: Observed, { functions }: Deployment): Promise<unknown> {
  observed.calls.push(call);
  const invoked = call.operation === 'Invoke' ? String(call.input.FunctionName).split(':').at(-1)! : undefined;
  try {
    call.response = invoked !== undefined && !(invoked in functions) ? await askApp(call, invoked, observed) : await send();
    return call.response;
  } catch (error) {
    call.error = error as Error;
    throw error;
  }
}

/** The answer of a validation hook that accepts, or of a function that confirms. */
async function askApp({ functionName, input }: Call, invoked: string, observed: Observed): Promise<unknown> {
  observed.appFunctions.add(invoked);
  await current.clock.sleep(15);
  const { orders } = JSON.parse(Buffer.from(input.Payload).toString()) as { readonly orders: readonly unknown[] };
  return payloadOf({ results: orders.map(() => (functionName === 'request-confirmation' ? { decision: 'CONFIRM' } : { accepted: true })) });
}
