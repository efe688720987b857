import type { Construct } from 'constructs';
import { collectResources } from './collect-resources';
import { addStageValidation, stageResources } from './stage-validations';
import { validateEdges } from './validate-edges';

/** The context key that disables the edge proof of an app when it is set to false. */
export const EDGE_PROOF_CONTEXT = 'cdk-order-pipeline:proveEdges';

export interface ValidateEdgesOnSynthOptions {
  /** Whether the dead-letter queues under the scope need an alarm. Other dead-letter queues belong to the app. */
  readonly requireAlarms: boolean;
}

/**
 * Validates the asynchronous edges under a scope at synthesis, which fails if one of them can lose messages. This includes edges that the app adds
 * under the scope and changes by escape hatches. Edges that are defined outside the scope are not validated.
 */
export function validateEdgesOnSynth(scope: Construct, options: ValidateEdgesOnSynthOptions): void {
  addStageValidation(scope);
  scope.node.addValidation({ validate: () => (isDisabled(scope) ? [] : validateScope(scope, options)) });
}

/** Context values from the command line are strings. */
const isDisabled = ({ node }: Construct): boolean => [false, 'false'].includes(node.tryGetContext(EDGE_PROOF_CONTEXT));

function validateScope(scope: Construct, { requireAlarms }: ValidateEdgesOnSynthOptions): string[] {
  const { resources, idsInScope } = collectResources(scope, stageResources(scope));
  return validateEdges(resources, {
    requireAlarm: (deadLetterQueueId) => requireAlarms && idsInScope.has(deadLetterQueueId),
    // The notifications of an existing bucket are defined in the stack of the bucket.
    includeEdge: (kind, definedBy, target) => idsInScope.has(kind === 'bucket → queue' && target ? target : definedBy),
  }).errors;
}
