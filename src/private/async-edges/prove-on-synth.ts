import type { Construct } from 'constructs';
import { collectResources } from './collect-resources';
import { proveEdges, type ProofOptions } from './prove-edges';

/** Set to false, an app goes without the proof. */
export const PROOF_CONTEXT = 'cdk-order-pipeline:proveEdges';

/**
 * Fails the synthesis when something at an asynchronous edge under the scope could get lost, whoever made the edge: the pipeline, a user
 * who added to it, or an escape hatch. What others hang on the pipeline from outside is theirs.
 */
export function proveOnSynth(scope: Construct, options: Pick<ProofOptions, 'requireAlarms'> = {}): void {
  scope.node.addValidation({ validate: () => (scope.node.tryGetContext(PROOF_CONTEXT) === false ? [] : faultsUnder(scope, options)) });
}

function faultsUnder(scope: Construct, options: Pick<ProofOptions, 'requireAlarms'>): string[] {
  const { resources, within } = collectResources(scope);
  return proveEdges(resources, {
    ...options,
    // A bucket that was given is told by its owner's stack to notify the pipeline.
    isMeant: (kind, definedBy, target) => within.has(kind === 'bucket → queue' && target ? target : definedBy),
  }).faults;
}
