import type { TemplatePipeline } from './pipeline-template';
import type { Deployment, MappingSettings, RuleSettings } from '../../simulation/deployment';
import { readTemplate } from '../../simulation/read-template';
import type { PipelineTemplate } from '../../simulation/template-resources';

/** The properties of resources that change what the simulation does; it refuses the others, which change no cost of an order. */
const SIMULATED: Readonly<Record<string, readonly string[]>> = {
  'AWS::SQS::Queue': ['FifoQueue', 'DeduplicationScope', 'FifoThroughputLimit', 'MessageRetentionPeriod', 'RedrivePolicy', 'VisibilityTimeout', 'DelaySeconds'],
  'AWS::Lambda::EventSourceMapping': [
    'BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'EventSourceArn', 'FilterCriteria', 'FunctionName', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds',
    'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor', 'ScalingConfig', 'StartingPosition',
  ],
  'AWS::Events::Rule': ['EventBusName', 'EventPattern', 'State', 'Targets'],
};
const TARGET = ['Arn', 'DeadLetterConfig', 'Id', 'RetryPolicy'];

const only = (properties: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));

function pruned({ Resources }: PipelineTemplate): PipelineTemplate {
  return {
    Resources: Object.fromEntries(Object.entries(Resources).map(([id, resource]) => {
      const { Type, Properties } = resource;
      if (!(Type in SIMULATED)) return [id, resource];
      const kept = only(Properties, SIMULATED[Type]);
      return [id, { ...resource, Properties: Type === 'AWS::Events::Rule' ? { ...kept, Targets: (Properties.Targets ?? []).map((target: object) => only({ ...target }, TARGET)) } : kept }];
    })),
  };
}

/** A pipeline as the simulation deploys it, and what the simulation leaves out. */
export interface DeployedPipeline {
  readonly deployment: Deployment;
  /** Targets of events and sources of orders that are not measured. */
  readonly notMeasured: readonly string[];
}

/** Reads what the simulation deploys: the pipeline's own functions, queues, tables and rules. Functions that are left out are not invoked. */
export function deploymentOf(pipeline: TemplatePipeline, leftOut: readonly string[] = []): DeployedPipeline {
  const all = readTemplate(pruned(pipeline.template));
  const pick = <Settings>(settings: Readonly<Record<string, Settings>>, isPicked: (each: Settings, name: string) => boolean) =>
    Object.fromEntries(Object.entries(settings).filter(([name, each]) => isPicked(each, name)));
  const functions = pick(all.functions, ({ environment }, name) => /^[a-z-]+$/.test(name) && environment !== undefined);
  const queues = pick(all.queues, (_, name) => pipeline.names.has(name));
  const isDelivered = ({ queue }: { readonly queue?: string }) => queue !== undefined && queue in queues;
  const withOwnTargets = (rule: RuleSettings): RuleSettings => ({ ...rule, targets: rule.targets.filter(isDelivered) });
  const rules = Object.fromEntries(Object.entries(all.rules).map(([name, rule]) => [name, withOwnTargets(rule)]));
  const isOwnMapping = ({ functionName, queue, table }: MappingSettings) =>
    functionName in functions && !leftOut.includes(functionName) && (queue ? queue in queues : table !== undefined);
  const others = Object.entries(all.rules).filter(([, { pattern, targets }]) => pattern && !targets.every(isDelivered)).map(([name]) => `the targets of the rule ${name}`);
  const unread = Object.entries(all.mappings).filter(([, { queue, table }]) => queue === undefined && table === undefined).map(([name]) => `the source that ${name} reads`);
  return {
    deployment: {
      ...all,
      functions,
      queues,
      tables: pick(all.tables, (_, name) => pipeline.names.has(name)),
      mappings: pick(all.mappings, isOwnMapping),
      rules: pick(rules, ({ targets }) => targets.length > 0),
    },
    notMeasured: [...others, ...unread],
  };
}
