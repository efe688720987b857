import type { ConsolePipeline, PipelineTables } from './console-pipeline';
import { routesOfFunction, routesWithoutRedrive } from './dead-letter-routes';
import { describeResources, EXTERNAL_BUS } from './describe-resources';
import { loadNestedStack, loadStack, type StackRequests } from './load-stack';
import type { DeployedTemplate, LoadedStack, StackLocation } from './loaded-stack';
import { readListKeys } from '../../../handlers/shared/queries/order-list-keys';
import { findResourceEdges } from '../../../src/private/async-edges/resource-edges';
import { CONSOLE_METADATA, logicalIdIn, modelMetadataKey, OUTPUT, type ConsoleMetadata, type ModelMetadata } from '../../../src/private/contract';
import type { DeployedStacks } from '../../try/deployed-stack';

/** The requests with which a pipeline is loaded. */
export interface PipelineRequests extends StackRequests {
  readonly stacks: Pick<DeployedStacks, 'describe' | 'template' | 'localEndpoint'>;
}

/**
 * Loads a pipeline by its stack.
 *
 * @throws Error if the stack has none, several of which none was chosen, or none with this name.
 */
export async function loadPipeline(stackName: string, pipeline: string | undefined, requests: PipelineRequests): Promise<ConsolePipeline> {
  const [{ id: arn = '', outputs }, template] = await Promise.all([requests.stacks.describe(stackName), requests.stacks.template(stackName)]);
  const name = selectPipeline(stackName, template, pipeline);
  const metadata = template.Metadata![CONSOLE_METADATA + name] as ConsoleMetadata;
  const [, partition = 'aws', , region = '', account = ''] = arn.split(':');
  const location: StackLocation = { name: stackName, partition, region, account };
  const outermost = await loadStack(location, template, requests);
  const stack = await loadNestedStack(outermost, metadata.nested ?? [], requests);
  const model = template.Metadata![modelMetadataKey(name)] as ModelMetadata | undefined;
  return { ...location, pipeline: name, ...describe(metadata, stack, { isLocal: requests.stacks.localEndpoint() !== undefined, filesUri: outputs[`${name}${OUTPUT.FILES_URI}`] }), ...(model ? { model } : {}) };
}

function selectPipeline(stack: string, { Metadata = {} }: DeployedTemplate, pipeline?: string): string {
  const names = Object.keys(Metadata).filter((key) => key.startsWith(CONSOLE_METADATA)).map((key) => key.slice(CONSOLE_METADATA.length)).sort();
  if (names.length === 0) {
    throw new Error(`stack ${stack} has no OrderPipeline that the console knows: deploy it with this version of cdk-order-pipeline; single constructs have no console`);
  }
  if (pipeline === undefined && names.length > 1) throw new Error(`stack ${stack} has more than one order pipeline: give one of them with --pipeline: ${names.join(', ')}`);
  const name = pipeline ?? names[0];
  if (!names.includes(name)) throw new Error(`stack ${stack} has no order pipeline "${name}": give one of them with --pipeline: ${names.join(', ')}`);
  return name;
}

type Described = Omit<ConsolePipeline, keyof StackLocation | 'pipeline' | 'model'>;

interface Surroundings {
  readonly isLocal: boolean;
  /** The output with the URI of files. */
  readonly filesUri?: string;
}

function describe(metadata: ConsoleMetadata, stack: LoadedStack, { isLocal, filesUri }: Surroundings): Described {
  const ids = idsOf(metadata);
  const idIn = (part: string, name: string) => ids.find((each) => each.part === part && each.name === name)?.id;
  const physical = (part: string, name: string) => stack.physicalId(idIn(part, name) ?? '');
  const redrive = idIn('Redrive', 'RedriveDeadLetters');
  const routes = redrive === undefined ? routesWithoutRedrive(stack, new Set(ids.map(({ id }) => id))) : routesOfFunction(redrive, stack);
  const resources = describeResources(metadata, stack, routes, isLocal);
  const drawn = new Set(resources.map(({ id }) => id));
  const edges = findResourceEdges(stack.resources, { bus: EXTERNAL_BUS }).filter((edge) => edge.every((id) => drawn.has(id)));
  const environments = ids.map(({ id }) => stack.environment(id));
  return {
    id: metadata.id,
    isLocal,
    resources,
    edges: edges.map(([from, to]) => ({ from, to })),
    tables: tablesIn(environments),
    routes,
    listsBy: readListKeys(stack.environment(idIn('Queries', 'QueryOrders') ?? '').LIST_KEYS),
    hasTenants: environments.some(({ HAS_TENANTS }) => HAS_TENANTS !== undefined && HAS_TENANTS !== 'false'),
    ...defined({
      bucket: physical('Files', 'Bucket') ?? bucketIn(filesUri),
      redriveFunction: physical('Redrive', 'RedriveDeadLetters'),
      processFunction: physical('Processor', 'ProcessOrder'),
      ordersQueueUrl: physical('Ingest', 'OrdersQueue'),
      bus: resources.find(({ kind }) => kind === 'BUS')?.physicalId,
      eventSource: environments.find(({ EVENT_SOURCE }) => EVENT_SOURCE !== undefined)?.EVENT_SOURCE,
      historyRetention: environments.flatMap(({ HISTORY_RETENTION: seconds }) => (seconds === undefined ? [] : [Number(seconds)]))[0],
    }),
  };
}

const idsOf = ({ parts }: ConsoleMetadata) => Object.entries(parts).flatMap(([part, described]) =>
  Object.keys(described.ids).map((name) => ({ part, name, id: logicalIdIn(described, name) })));

function tablesIn(environments: readonly Readonly<Record<string, string>>[]): PipelineTables {
  const named = (variable: string) => environments.find((each) => each[variable] !== undefined)?.[variable];
  return defined({ orders: named('ORDERS_TABLE_NAME'), history: named('HISTORY_TABLE_NAME'), files: named('FILES_TABLE_NAME') });
}

/** The bucket in `s3://<bucket>/incoming/`. */
const bucketIn = (uri: string | undefined): string | undefined => uri?.split('/')[2];

/** Without the fields that are undefined. */
const defined = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
