import type { Deployment } from '../simulation/deployment';
import { readTemplate } from '../simulation/read-template';
import { TemplateResources, type PipelineTemplate } from '../simulation/template-resources';

/** Write units per second for which a table and its global indexes are prepared; undefined for those of a new table. */
export interface TableCapacity {
  readonly writeUnits?: number;
  readonly indexes: Readonly<Record<string, number | undefined>>;
}

/** What of a template decides how much a pipeline processes in a second. */
export interface CapacitySettings {
  readonly deployment: Deployment;
  readonly functions: Readonly<Record<string, { readonly memorySize: number; readonly reserved?: number }>>;
  readonly tables: Readonly<Record<string, TableCapacity>>;
  /** Requests per second that the stage of the API accepts. */
  readonly throttle: { readonly rate: number; readonly burst: number };
}

/** Lambda's default. */
const MEMORY = 128;

/* eslint-disable @typescript-eslint/no-explicit-any -- a template is JSON */

/** Reads from a template of a pipeline what is simulated, and what limits it. */
export function readCapacity(template: PipelineTemplate): CapacitySettings {
  const resources = new TemplateResources(template);
  const all = <Settings>(type: string, read: (properties: any) => Settings): Record<string, Settings> =>
    Object.fromEntries(resources.ofType(type).map(([name, properties]) => [name, read(properties)]));
  return {
    deployment: readTemplate(template),
    functions: all('AWS::Lambda::Function', ({ MemorySize = MEMORY, ReservedConcurrentExecutions: reserved }) => ({ memorySize: MemorySize, reserved })),
    tables: all('AWS::DynamoDB::GlobalTable', ({ WarmThroughput, GlobalSecondaryIndexes = [] }) => ({
      writeUnits: WarmThroughput?.WriteUnitsPerSecond,
      indexes: Object.fromEntries(GlobalSecondaryIndexes.map(({ IndexName, WarmThroughput: own }: any) => [IndexName, own?.WriteUnitsPerSecond])),
    })),
    throttle: readThrottle(resources),
  };
}

function readThrottle(resources: TemplateResources): CapacitySettings['throttle'] {
  const [[, { MethodSettings = [] }]] = resources.ofType('AWS::ApiGateway::Stage');
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = MethodSettings.find(({ HttpMethod, ResourcePath }: any) => HttpMethod === '*' && ResourcePath === '/*') ?? {};
  return { rate: ThrottlingRateLimit ?? Infinity, burst: ThrottlingBurstLimit ?? Infinity };
}
