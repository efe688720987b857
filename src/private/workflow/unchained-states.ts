import { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * Finds states that are created beside those of a workflow and chained to none: CDK leaves them out of every definition without notice.
 *
 * @param names the names of the states of the workflow.
 */
export function unchainedStates(workflow: Construct, names: ReadonlySet<string>): string[] {
  const states = workflow.node.root.node.findAll().filter((each) => each instanceof State);
  const chained = states.filter((state) => names.has(state.stateId) && isInGraph(state));
  const scopes = new Set(chained.map(({ node }) => node.scope));
  return states.filter((state) => scopes.has(state.node.scope) && !isInGraph(state))
    .map(({ stateId }) => `the state ${stateId} is in no definition; chain a state to it, or remove it`);
}

/** Whether a state is in the definition of a state machine. CDK has no public member for it. */
// eslint-disable-next-line dot-notation -- the member is private
const isInGraph = (state: State): boolean => state['containingGraph'] !== undefined;
