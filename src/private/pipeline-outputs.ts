import { CfnOutput, Lazy, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addConsoleMetadata } from './console-metadata';
import { dashboardUrl } from './console-url';
import { apiKeyCommand, INCOMING_PREFIX, modelMetadataKey, OUTPUT, TRY_COMMAND, type ModelMetadata } from './contract';
import { exampleToPlace } from './order-model/example-to-place';
import { PERSONAL_DATA } from './order-model/json-schema';
import { STANDARD_MODEL, type LoadedModel } from './order-model/load-model';
import { withoutAnnotations } from './order-model/without-annotations';
import { outermostStackOf, pathInStack } from './pipeline-id';
import type { BatchFileIngest } from '../batch-file-ingest';
import type { OrderEventBus } from '../order-event-bus';
import type { OrderLiveUpdates } from '../order-live-updates';
import type { OrderPipelineMonitoring } from '../order-pipeline-monitoring';
import type { RealtimeOrderIngest } from '../realtime-order-ingest';

/** The pipeline, and its parts that have outputs. */
interface OutputParts extends Construct {
  readonly pipelineId: string;
  readonly events: OrderEventBus;
  readonly parts: readonly Construct[];
  readonly ingest: RealtimeOrderIngest;
  readonly files?: BatchFileIngest;
  readonly liveUpdates?: OrderLiveUpdates;
  readonly monitoring: OrderPipelineMonitoring;
}

/** The names of the pipelines with outputs in each stack. */
const NAMES = new WeakMap<Stack, string[]>();

/**
 * Adds the outputs for the first request to the stack. `cdk deploy` prints only those of the outermost stack, so a pipeline in a nested stack
 * has them there.
 */
export function addPipelineOutputs(pipeline: OutputParts, model: LoadedModel, { outputs = true }: { readonly outputs?: boolean }): void {
  // The output of CDK ends with a slash, after which `/orders` would be another path.
  pipeline.ingest.restApi?.node.tryRemoveChild('Endpoint');
  const [stack, name] = [outermostStackOf(pipeline), pipelineNameOf(pipeline)];
  addConsoleMetadata(pipeline, name);
  const metadata = modelMetadata(model);
  if (metadata) stack.addMetadata(modelMetadataKey(name), metadata);
  if (!outputs) return;
  const names = NAMES.get(stack) ?? [];
  NAMES.set(stack, [...names, name]);
  for (const [key, { value, description }] of Object.entries(outputsOf(pipeline, stack, name))) {
    // Children of the stack have keys without a hash, which scripts can name.
    if (value !== undefined) new CfnOutput(stack, `${name}${key}`, { value, description });
  }
}

/** The path of the pipeline in its stack as the beginning of keys, which are alphanumeric. */
const pipelineNameOf = (pipeline: OutputParts): string => pathInStack(pipeline).replace(/[^A-Za-z0-9]/g, '');

type Output = { readonly value: string | undefined; readonly description: string };

function outputsOf({ ingest, files, liveUpdates, monitoring }: OutputParts, stack: Stack, name: string): Record<string, Output> {
  // Without a key of all callers, the first request is one of the first tenant.
  const tenant = ingest._api.gateway.callerKeys?.first;
  const key = ingest.apiKey ?? tenant?.key;
  const pipelineOption = Lazy.string({ produce: () => (NAMES.get(stack)!.length > 1 ? ` --pipeline ${name}` : '') });
  return {
    [OUTPUT.API_URL]: { value: ingest.url, description: 'URL of the orders API' },
    [OUTPUT.API_KEY_COMMAND]: {
      value: key && apiKeyCommand(key.keyId, stack.region),
      description: `Prints the API key${tenant ? ` of tenant ${tenant.tenant}` : ''}, for the header x-api-key`,
    },
    [OUTPUT.FILES_URI]: {
      value: files && `s3://${files.bucket.bucketName}/${INCOMING_PREFIX}${tenant ? `${tenant.tenant}/` : ''}`,
      description: `Files of orders${tenant ? ` of tenant ${tenant.tenant}` : ''} are uploaded here`,
    },
    [OUTPUT.LIVE_UPDATES_URL]: { value: liveUpdates?.url, description: 'URL of the WebSocket API of live updates' },
    [OUTPUT.DASHBOARD_URL]: { value: monitoring.dashboard && dashboardUrl(monitoring.dashboard, stack), description: 'Dashboard of the pipeline' },
    [OUTPUT.TRY_COMMAND]: {
      value: `${TRY_COMMAND} --stack ${stack.stackName} --region ${stack.region}${pipelineOption}`,
      description: 'Places an example order and shows its outcome',
    },
  };
}

/** The longest schema in a template, which CloudFormation limits to 1 MB. */
const MAX_SCHEMA_LENGTH = 32_768;

/** What the commands need to know of a model: its example, and its schema for forms. They have the standard model themselves. */
function modelMetadata(model: LoadedModel): ModelMetadata | undefined {
  if (model === STANDARD_MODEL) return undefined;
  const example = exampleToPlace(model);
  const { examples, ...described } = model.schema;
  const schema = [described, withoutAnnotations(model.schema, PERSONAL_DATA)].find((each) => JSON.stringify(each).length <= MAX_SCHEMA_LENGTH);
  const { orderId, customerId } = model.description.facts;
  const given = Object.entries({ customerId, example, schema }).filter(([, value]) => value !== undefined);
  return { orderId, ...Object.fromEntries(given) };
}
