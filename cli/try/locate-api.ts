import type { DeployedStacks } from './deployed-stack';
import { findPipeline, localUrl, type DeployedPipeline } from './find-pipeline';
import { mergeHeaders, type RequestHeader } from './request-header';
import type { TryCommandLine } from './try-command-line';
import { modelMetadataKey, type ModelMetadata } from '../../src/private/contract';

/** The API of a pipeline, and what its caller sends with each request. */
export interface PipelineApi {
  readonly url: string;
  /** The credentials. */
  readonly headers: readonly RequestHeader[];
  /** The ID of the API key of the stack, if it is sent. */
  readonly apiKeyId?: string;
  /** The pipeline of the stack; undefined if the URL was given. */
  readonly pipeline?: DeployedPipeline;
}

/** Locates the API by its URL or by the outputs of a stack, and reads the API key. */
export async function locateApi({ location: { stack }, pipeline: name, url, headers }: TryCommandLine, stacks: DeployedStacks): Promise<PipelineApi> {
  if (url !== undefined) return { url, headers };
  const pipeline = findPipeline(stack!, await describe(stack!, stacks), name);
  const endpoint = stacks.localEndpoint();
  const api = { url: endpoint ? localUrl(pipeline.url, endpoint) : pipeline.url, pipeline };
  const hasOwnKey = headers.some((header) => header.name.toLowerCase() === 'x-api-key');
  if (!pipeline.apiKey || hasOwnKey) return { ...api, headers };
  const key: RequestHeader = { name: 'x-api-key', value: await readKey(pipeline.apiKey.id, stacks), variable: 'key' };
  return { ...api, headers: mergeHeaders(key, ...headers), apiKeyId: pipeline.apiKey.id };
}

/** Returns what the template has of the pipeline's order model; undefined for the standard model. */
export async function readModel(
  { location: { stack } }: TryCommandLine, { pipeline }: PipelineApi, stacks: DeployedStacks,
): Promise<ModelMetadata | undefined> {
  if (!pipeline) return undefined;
  // Without permission, the API itself refuses an order that is not one of the pipeline's model.
  const metadata = await stacks.metadata(stack!).catch((error: Error) => {
    if (isAccessDenied(error)) return {};
    throw error;
  });
  return (metadata as Record<string, ModelMetadata | undefined>)[modelMetadataKey(pipeline.name)];
}

const describe = (stack: string, stacks: DeployedStacks) => stacks.describe(stack).catch((error: Error) => {
  if (/does not exist/.test(error.message)) throw new Error(`stack ${stack} does not exist: check its name with "aws cloudformation list-stacks", and give its region with --region and its account with --profile`, { cause: error });
  throw isAccessDenied(error) ? new Error(`describing stack ${stack} is not allowed: allow cloudformation:DescribeStacks, or give the URL of the API with --url`, { cause: error }) : error;
});

const readKey = (id: string, stacks: DeployedStacks) => stacks.apiKey(id).catch((error: Error) => {
  if (error.name === 'NotFoundException') throw new Error(`the API key ${id} does not exist any more: deploy the stack again, or give another key with --header 'x-api-key: …'`, { cause: error });
  throw isAccessDenied(error) ? new Error(`reading API key ${id} is not allowed: allow apigateway:GET, or give the key with --header 'x-api-key: …'`, { cause: error }) : error;
});

const isAccessDenied = ({ name }: Error): boolean => /^(AccessDenied|Unauthorized)/.test(name);
