import type { Construct } from 'constructs';
import { collectResources } from './collect-resources';
import { proveEdges } from './prove-edges';

/** Set to false, an app goes without the proof. */
export const PROOF_CONTEXT = 'cdk-order-pipeline:proveEdges';

/** How to prove a scope. */
export interface ProofOnSynthOptions {
  /** Whether its own dead-letter queues need an alarm. Others are somebody else's to watch. */
  readonly requireAlarms: boolean;
}

/**
 * Fails the synthesis when something at an asynchronous edge under the scope could get lost, whoever made the edge: the pipeline, a user
 * who added to it, or an escape hatch. What others hang on the pipeline from outside is theirs.
 */
export function proveOnSynth(scope: Construct, options: ProofOnSynthOptions): void {
  scope.node.addValidation({ validate: () => (isSwitchedOff(scope) ? [] : faultsUnder(scope, options)) });
}

/** On the command line, context is text. */
const isSwitchedOff = ({ node }: Construct): boolean => [false, 'false'].includes(node.tryGetContext(PROOF_CONTEXT));

function faultsUnder(scope: Construct, { requireAlarms }: ProofOnSynthOptions): string[] {
  const { resources, within } = collectResources(scope);
  return proveEdges(resources, {
    requireAlarm: (deadLetterQueue) => requireAlarms && within.has(deadLetterQueue),
    // A bucket that was given is told by its owner's stack to notify the pipeline.
    isMeant: (kind, definedBy, target) => within.has(kind === 'bucket → queue' && target ? target : definedBy),
  }).faults;
}
