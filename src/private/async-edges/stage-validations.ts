import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { StageResources } from './stage-resources';

/** A synthesis of a stage: its resources, and the validations that have not read them yet. */
interface Synthesis {
  readonly resources: StageResources;
  readonly pending: Set<IConstruct>;
}

const scopes = new WeakMap<IConstruct, Set<IConstruct>>();
const syntheses = new WeakMap<IConstruct, Synthesis>();

const stageOf = (scope: IConstruct): IConstruct => Stage.of(scope) ?? scope.node.root;

/** Declares that a scope reads the resources of its stage once in each synthesis. */
export function addStageValidation(scope: IConstruct): void {
  const stage = stageOf(scope);
  scopes.set(stage, (scopes.get(stage) ?? new Set()).add(scope));
}

/**
 * Returns the resources of the stage of a scope, which all validations of a synthesis share: read by each of them, the time would be quadratic in
 * their number. CDK validates all constructs before it synthesizes one, each once. So a scope that comes again, or that was added since the
 * resources were read, belongs to another synthesis, before which the app may have changed anything.
 */
export function stageResources(scope: IConstruct): StageResources {
  const stage = stageOf(scope);
  const current = syntheses.get(stage);
  const synthesis = current?.pending.has(scope) ? current : { resources: new StageResources(stage), pending: new Set(scopes.get(stage)) };
  synthesis.pending.delete(scope);
  if (synthesis.pending.size > 0) syntheses.set(stage, synthesis);
  else syntheses.delete(stage);
  return synthesis.resources;
}
