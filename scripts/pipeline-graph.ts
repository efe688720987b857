/** Reads the parts of a default pipeline, and what each sends to which, from its synthesized template. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrderPipeline } from '../src';
import { validateEdges } from '../src/private/async-edges/validate-edges';

/** A resource of the template. */
export interface Part {
  /** The logical ID without the pipeline's own ID and the hash, such as `IngestOrdersQueue`. */
  readonly name: string;
  readonly type: string;
  /** The routes of a function behind the API, such as `POST /orders`. */
  readonly routes: readonly string[];
  readonly hasDeadLetterQueue: boolean;
}

export interface PipelineGraph {
  readonly parts: readonly Part[];
  /** Names of the part that sends or is read, and of the part that receives or reads. */
  readonly arrows: readonly (readonly [from: string, to: string])[];
}

type Resources = Record<string, { readonly Type: string; readonly Properties?: any }>;

const PIPELINE = 'Orders';
const DRAWN_TYPES = [
  'AWS::ApiGateway::RestApi', 'AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::EventBus', 'AWS::S3::Bucket', 'AWS::SNS::Topic',
];

/** The environment variables through which a function sends or writes. A function also has its dead-letter queue, which is drawn as a mark. */
const SENDS = ['ORDERS_QUEUE_URL', 'VALID_FILES_QUEUE_URL', 'EVENT_BUS_NAME', 'ALERT_TOPIC_ARN', 'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'HISTORY_TABLE_NAME', 'FILES_TABLE_NAME'];

/** Reads the template of `new OrderPipeline(stack, 'Orders')`. */
export function readPipeline(): PipelineGraph {
  const stack = new Stack(new App(), 'Picture');
  new OrderPipeline(stack, PIPELINE);
  const resources: Resources = Template.fromStack(stack).toJSON().Resources;
  const { edges } = validateEdges(resources);
  const routes = routesIn(resources);
  const isMarked = (name: string) => edges.some(({ kind, source, target, deadLetterQueue }) =>
    deadLetterQueue !== undefined && withoutPipeline(kind === 'queue → function' ? source : target) === name);
  const parts = Object.entries(resources)
    .filter(([id, { Type }]) => DRAWN_TYPES.includes(Type) && !nameOf(id).endsWith('DeadLetterQueue'))
    .map(([id, { Type: type }]) => ({ name: nameOf(id), type, routes: routes.get(id) ?? [], hasDeadLetterQueue: isMarked(nameOf(id)) }));
  const bus = parts.find(({ type }) => type === 'AWS::Events::EventBus')!.name;
  const deliveries = edges.filter(({ kind }) => !kind.startsWith('schedule') && !kind.startsWith('invocation'))
    .map(({ kind, source, target }) => [kind.startsWith('rule') ? bus : withoutPipeline(source), withoutPipeline(target)] as const);
  return { parts, arrows: distinct([...deliveries, ...requestsIn(resources), ...sendsIn(resources)]) };
}

const withoutPipeline = (name: string): string => name.replace(new RegExp(`^${PIPELINE}`), '');
const nameOf = (id: string): string => withoutPipeline(id.replace(/[0-9A-F]{8}$/, ''));

/** Requests to the API, and reads that answer them. */
const requestsIn = (resources: Resources): [string, string][] => {
  const api = nameOf(Object.keys(resources).find((id) => resources[id].Type === 'AWS::ApiGateway::RestApi')!);
  return [...routesIn(resources)].filter(([, routes]) => !routes.every(isRead)).map(([id]) => [api, nameOf(id)]);
};

const isRead = (route: string): boolean => route.startsWith('GET');

function sendsIn(resources: Resources): [string, string][] {
  const routes = routesIn(resources);
  return functionsIn(resources).flatMap(([id, variables]) => SENDS.flatMap((variable): [string, string][] => {
    const target = variables[variable]?.Ref ?? variables[variable]?.['Fn::GetAtt']?.[0];
    if (!target) return [];
    const isQuery = routes.get(id)?.every(isRead);
    return [isQuery ? [nameOf(target), nameOf(id)] : [nameOf(id), nameOf(target)]];
  }));
}

const functionsIn = (resources: Resources): [string, Record<string, any>][] => Object.entries(resources)
  .filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([id, { Properties }]) => [id, Properties.Environment?.Variables ?? {}]);

/** A method of a path, and the logical ID of its function. */
interface Method { readonly method: string; readonly path: string; readonly target: string }

/** Routes by the logical ID of their function. One that has all methods of a path answers those that no other function has. */
function routesIn(resources: Resources): Map<string, string[]> {
  const methods = methodsIn(resources);
  const isOwn = (method: string, path: string) => methods.some((each) => each.method === method && each.path === path);
  const answered = ({ method, path, target }: Method): string[] => {
    if (method !== 'ANY') return [method];
    const allowed = JSON.parse(resources[target].Properties.Environment.Variables.ALLOWED_METHODS) as Record<string, string>;
    return allowed[path].split(', ').filter((each) => each !== 'HEAD' && !isOwn(each, path));
  };
  return new Map([...Map.groupBy(methods, ({ target }) => target)].map(([target, all]) =>
    [target, all.flatMap((each) => answered(each).map((method) => `${method} ${each.path}`))]));
}

const methodsIn = (resources: Resources): Method[] => Object.values(resources).flatMap(({ Type, Properties }) => {
  const target = Type === 'AWS::ApiGateway::Method' && /"Fn::GetAtt":\["(\w+)","Arn"\]/.exec(JSON.stringify(Properties.Integration))?.[1];
  return target ? [{ method: String(Properties.HttpMethod), path: pathOf(Properties.ResourceId, resources), target }] : [];
});

function pathOf(resourceId: any, resources: Resources): string {
  const resource = resources[resourceId.Ref];
  return resource ? `${pathOf(resource.Properties.ParentId, resources)}/${resource.Properties.PathPart}` : '';
}

const distinct = (arrows: readonly (readonly [string, string])[]): (readonly [string, string])[] =>
  [...new Map(arrows.map((arrow) => [arrow.join(' '), arrow])).values()];
