/** Reads the parts of a default pipeline, and what each sends to which, from its synthesized template. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrderPipeline } from '../src';
import { apiRoutes } from '../src/private/async-edges/api-routes';
import { findResourceEdges } from '../src/private/async-edges/resource-edges';
import { TemplateIndex } from '../src/private/async-edges/template-index';
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
  const routes = Map.groupBy(apiRoutes(new TemplateIndex(resources)), (route) => route.function);
  const routesOf = (id: string) => (routes.get(id) ?? []).flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
  const isMarked = (name: string) => edges.some(({ kind, source, target, deadLetterQueue }) =>
    deadLetterQueue !== undefined && withoutPipeline(kind === 'queue → function' ? source : target) === name);
  const parts = Object.entries(resources)
    .filter(([id, { Type }]) => DRAWN_TYPES.includes(Type) && !nameOf(id).endsWith('DeadLetterQueue'))
    .map(([id, { Type: type }]) => ({ name: nameOf(id), type, routes: routesOf(id), hasDeadLetterQueue: isMarked(nameOf(id)) }));
  const arrows = findResourceEdges(resources, { variables: SENDS }).map(([from, to]) => [nameOf(from), nameOf(to)] as const);
  return { parts, arrows };
}

const withoutPipeline = (name: string): string => name.replace(new RegExp(`^${PIPELINE}`), '');
const nameOf = (id: string): string => withoutPipeline(id.replace(/[0-9A-F]{8}$/, ''));
