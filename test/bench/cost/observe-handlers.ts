import type { Context } from 'aws-lambda';
import { observedModule, type ObservedFunction } from './observe-sdk';
import type { Observed } from './observed';
import * as standardModel from '../../../handlers/model/standard';
import { ORDER_MODEL_MODULE } from '../../../src/private/contract';
import type { Loaded } from '../../simulation/account';
import { SHARED_MODULE, type Code } from '../../simulation/bundle';
import type { Deployment } from '../../simulation/deployment';
import { compile, current, simulatedProcess } from '../../simulation/runtime';

/** Lambda's own variables. */
const RUNTIME = { AWS_REGION: 'us-east-1' };

/** Loads the handlers so that their requests, invocations and log lines are observed. */
export function loadObserved({ shared, handlers }: Code, given: Deployment, observed: Observed): Loaded {
  const functions = Object.fromEntries(Object.entries(given.functions).filter(([name]) => name in handlers)
    .map(([name, settings]) => [name, { ...settings, environment: { ...settings.environment, ...RUNTIME } }]));
  const deployment = { ...given, functions };
  // What is shared reads the service and the log level, which all functions have in common.
  simulatedProcess.env = Object.values(functions)[0].environment;
  return {
    shared: compile(shared, 'shared.js')(sharedModules(observed)),
    handlers: Object.fromEntries(Object.keys(functions).map((name) => [name, observedHandler(handlers[name], { name, observed, deployment })])),
    deployments: { observed: deployment },
  };
}

/** The modules of what is shared, with a console whose lines are kept. */
function sharedModules({ lines }: Observed): (name: string) => unknown {
  const log = (line: string) => void lines.push(line);
  const console = { Console: class { log = log; debug = log; info = log; warn = log; error = log; trace = log; } };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- other modules are not simulated
  return (name) => (/^(node:)?console$/.test(name) ? console : name === ORDER_MODEL_MODULE ? standardModel : require(name));
}

type Handler = (event: unknown, context: Context) => Promise<unknown>;

function observedHandler(code: string, caller: ObservedFunction): Loaded['handlers'][string] {
  const run = compile(code, `${caller.name}.js`);
  return (requireOther) => ({ handler: timed(handlerOf(run, requireOther, caller), caller) });
}

function handlerOf(run: ReturnType<typeof compile>, requireOther: (name: string) => unknown, caller: ObservedFunction): Handler {
  const isSdk = (module: string) => module !== SHARED_MODULE && /^@aws-sdk\/(client|lib)-/.test(module);
  try {
    return run((module) => (isSdk(module) ? observedModule(module, requireOther(module), caller) : requireOther(module))).handler as Handler;
  } catch {
    caller.observed.notSimulated.add(caller.name);
    return async () => ({ batchItemFailures: [] });
  }
}

const timed = (handler: Handler, { name: functionName, observed }: ObservedFunction): Handler => async (event, context) => {
  const started = current.clock.now;
  const result = await handler(event, { ...context, functionName, awsRequestId: REQUEST_ID });
  observed.invocations.push({ functionName, event, milliseconds: current.clock.now - started });
  return result;
};

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';
