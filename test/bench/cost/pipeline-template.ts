import type { PipelineTemplate, TemplateResource } from '../../simulation/template-resources';
import { HANDLER_ENV } from '../../../src/private/contract';

/** A pipeline as a template has it, in the form that the simulation reads. */
export interface TemplatePipeline {
  /** The path of the pipeline's construct. */
  readonly path: string;
  readonly template: PipelineTemplate;
  /** The template as it was given. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

const ORDERS_TABLE = '/Processor/OrdersTable/Resource';
/** The path that the simulation expects. */
const SIMULATED_PATH = 'Test/Orders';

const pathOf = ({ Metadata }: TemplateResource): string => Metadata?.['aws:cdk:path'] ?? '';

/**
 * Finds the pipeline in a template.
 *
 * @throws Error if there is none, or if there are several and none is named
 */
export function findPipeline({ Resources: resources = {} }: Partial<PipelineTemplate>, name?: string): TemplatePipeline {
  const paths = Object.values(resources).map(pathOf);
  if (paths.every((path) => path === '')) {
    throw new Error('The template has no paths of constructs. Synthesize it with the CDK CLI, or set the context "aws:cdk:enable-path-metadata" to true.');
  }
  const pipelines = paths.filter((path) => path.endsWith(ORDERS_TABLE)).map((path) => path.slice(0, -ORDERS_TABLE.length));
  if (pipelines.length === 0) throw new Error('The template has no orders table of an OrderPipeline. Give the template of the stack with the pipeline.');
  const found = name === undefined ? pipelines : pipelines.filter((path) => path === name || path.endsWith(`/${name}`));
  if (found.length !== 1) throw new Error(`Name one of the pipelines of the template with --pipeline: ${pipelines.join(', ')}${name === undefined ? '' : `; got ${name}`}.`);
  const [path] = found;
  return { path, resources, template: { Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, simulated(resource, id, path, resources)])) } };
}

/** A resource with the name that the simulation gives to those of a pipeline, and with values that the simulation can resolve. */
function simulated(resource: TemplateResource, id: string, pipeline: string, resources: TemplatePipeline['resources']): TemplateResource {
  const path = pathOf(resource);
  const isOwn = path.startsWith(`${pipeline}/`);
  const Metadata = {
    'aws:cdk:path': isOwn ? SIMULATED_PATH + path.slice(pipeline.length) : `${OTHER_PATH}${id}/Resource`,
    ...(isOwn && resource.Type === 'AWS::Lambda::Function' ? { 'aws:asset:path': handlerOf(path) } : {}),
  };
  return { Type: resource.Type, Properties: resolvable(resource.Properties ?? {}, resources), Metadata };
}

/** Resources that are not the pipeline's are named by their logical IDs. */
const OTHER_PATH = 'Test/App/Other/';

/** Whether a name is that of a resource of the pipeline. */
export const ownNames = ({ path, resources }: TemplatePipeline): ReadonlySet<string> =>
  new Set(Object.values(resources).map(pathOf).filter((each) => each.startsWith(`${path}/`)).map((each) => nameOf(SIMULATED_PATH + each.slice(path.length))));

const nameOf = (path: string): string => path.split('/').slice(3, -1).join('');

/** The ID of a function's construct is the name of its handler, in other letters. */
function handlerOf(path: string): string {
  const id = path.split('/').at(-2)!;
  const name = id.replace(/(?<!^)[A-Z]/g, (capital) => `-${capital}`).toLowerCase();
  return name in HANDLER_ENV ? name : id;
}

const PSEUDO_PARAMETERS = ['AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::StackId'];

/** Values that depend on other stacks or on parameters are replaced by a text: no cost depends on them. */
function resolvable(value: unknown, resources: TemplatePipeline['resources']): unknown {
  if (Array.isArray(value)) return value.map((each) => resolvable(each, resources));
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...others] = Object.keys(value);
  const isFunction = others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::'));
  if (!isFunction) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolvable(each, resources)]));
  const argument = (value as Record<string, unknown>)[name];
  if (name === 'Ref') return PSEUDO_PARAMETERS.includes(argument as string) || (argument as string) in resources ? value : `(${String(argument)})`;
  if (name === 'Fn::GetAtt') return value;
  if (name === 'Fn::Join') return { [name]: [(argument as unknown[])[0], resolvable((argument as unknown[])[1], resources)] };
  return `(${name})`;
}
