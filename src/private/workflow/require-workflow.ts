import type { StateMachineFragment } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { findStates } from './definition';
import { stateMachines } from './validate-definition-on-synth';

/** Fails synthesis when a fragment is not in the definition of an `OrderWorkflow`, whose variables its states use. */
export function requireWorkflow(fragment: StateMachineFragment): void {
  fragment.node.addValidation({
    validate: () => {
      const { stateId } = fragment.startState;
      const isInWorkflow = stateMachines(fragment.node.root as IConstruct).some((each) => findStates(each).some(({ name }) => name === stateId));
      return isInWorkflow ? [] : ['must be in the `definition` of an OrderWorkflow, whose bus its events are published on; pass it to `definition`, or chain it to states that are in one'];
    },
  });
}
