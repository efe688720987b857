import type { DeployedStack } from './deployed-stack';
import { OUTPUT, TRY_COMMAND } from '../../src/private/contract';

/** A pipeline of a stack, as the outputs of the stack describe it. */
export interface DeployedPipeline {
  readonly name: string;
  /** The URL of the API, without a slash at the end. */
  readonly url: string;
  /** The ID of the API key, and the command that prints its value. */
  readonly apiKey?: { readonly id: string; readonly command: string };
  readonly filesUri?: string;
  readonly dashboardUrl?: string;
}

/**
 * Finds a pipeline in the outputs of a stack.
 *
 * @throws Error if the stack has none, several of which none was chosen, or none with this name.
 */
export function findPipeline(stack: string, { status, outputs }: DeployedStack, pipeline?: string): DeployedPipeline {
  const names = Object.keys(outputs).filter((key) => key.endsWith(OUTPUT.TRY_COMMAND) && outputs[key].startsWith(TRY_COMMAND))
    .map((key) => key.slice(0, -OUTPUT.TRY_COMMAND.length)).sort();
  if (names.length === 0) {
    throw new Error(`stack ${stack} (${status}) has no outputs of an order pipeline: check that it is deployed and has an OrderPipeline whose prop outputs is not false, or give the URL of the API with --url`);
  }
  if (pipeline === undefined && names.length > 1) throw new Error(`stack ${stack} has more than one order pipeline: give one of them with --pipeline: ${names.join(', ')}`);
  const name = pipeline ?? names[0];
  if (!names.includes(name)) throw new Error(`stack ${stack} has no order pipeline "${name}": give one of them with --pipeline: ${names.join(', ')}`);
  return toPipeline(name, outputs);
}

function toPipeline(name: string, outputs: DeployedStack['outputs']): DeployedPipeline {
  const output = (key: string): string | undefined => outputs[`${name}${key}`];
  const command = output(OUTPUT.API_KEY_COMMAND);
  const [, id] = / --api-key (\S+)/.exec(command ?? '') ?? [];
  return {
    name,
    url: output(OUTPUT.API_URL)!,
    ...(command === undefined || id === undefined ? {} : { apiKey: { id, command } }),
    filesUri: output(OUTPUT.FILES_URI),
    dashboardUrl: output(OUTPUT.DASHBOARD_URL),
  };
}

/** A default URL of API Gateway, or what a local AWS has instead: the ID of the API and, unless it is the default one, the stage. */
const EXECUTE_API_URL = /^https?:\/\/(\w+)\.execute-api\.[^/]+(?:\/([^/]+))?$/;

/** The URL at which a local AWS has an API: its host names are those of AWS. */
export function localUrl(url: string, endpoint: string): string {
  const [, apiId, stage = '$default'] = EXECUTE_API_URL.exec(url) ?? [];
  return apiId === undefined ? url : `${endpoint}/_aws/execute-api/${apiId}/${stage}`;
}
