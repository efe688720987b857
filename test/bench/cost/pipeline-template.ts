import { HANDLER_ENV } from '../../../src/private/contract';
import type { PipelineTemplate, TemplateResource } from '../../simulation/template-resources';

/** A pipeline as a template has it, in the form that the simulation reads. */
export interface TemplatePipeline {
  readonly template: PipelineTemplate;
  /** The names of the pipeline's resources in the simulation. */
  readonly names: ReadonlySet<string>;
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
  const own = ownPaths(resources, path);
  const Resources = Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, simulated(resource, own.get(id) ?? `${OTHER_PATH}${id}/Resource`, resources)]));
  return { resources, template: { Resources }, names: new Set([...own.values()].map(nameOf)) };
}

/** The paths of the pipeline's resources for the simulation, by logical ID. Resources of one type have different names. */
function ownPaths(resources: TemplatePipeline['resources'], pipeline: string): Map<string, string> {
  const own = Object.entries(resources).filter(([, resource]) => pathOf(resource).startsWith(`${pipeline}/`));
  const pathIn = (resource: TemplateResource) => SIMULATED_PATH + pathOf(resource).slice(pipeline.length);
  const counts = Map.groupBy(own, ([, resource]) => `${resource.Type} ${nameOf(pathIn(resource))}`);
  return new Map(own.map(([id, resource]) => {
    const path = pathIn(resource);
    const isUnique = counts.get(`${resource.Type} ${nameOf(path)}`)!.length === 1;
    return [id, isUnique ? path : path.replace(`${SIMULATED_PATH}/`, `${SIMULATED_PATH}/Part/`)];
  }));
}

/** A resource with the name that the simulation gives to it, and with values that the simulation can resolve. */
function simulated({ Type, Properties = {} }: TemplateResource, path: string, resources: TemplatePipeline['resources']): TemplateResource {
  const isOwnFunction = Type === 'AWS::Lambda::Function' && !path.startsWith(OTHER_PATH);
  const Metadata = { 'aws:cdk:path': path, ...(isOwnFunction ? { 'aws:asset:path': handlerOf(path) } : {}) };
  return { Type, Properties: resolvable(Properties, resources), Metadata };
}

/** Resources that are not the pipeline's are named by their logical IDs. */
const OTHER_PATH = 'Test/App/Other/';

/** The resources of the template that are not the pipeline's. */
export const resourcesOfApp = ({ template }: TemplatePipeline): TemplateResource[] =>
  Object.values(template.Resources).filter((resource) => pathOf(resource).startsWith(OTHER_PATH));

/** The name of a resource in the simulation: its path below the pipeline's part. */
export const nameOf = (path: string): string => path.split('/').slice(3, -1).join('');

/** The ID of a function's construct is the name of its handler, in kebab-case. */
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
