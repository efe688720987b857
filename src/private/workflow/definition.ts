import { Stack } from 'aws-cdk-lib';
import type { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** A state in Amazon States Language, as far as validation reads it. */
export interface AslState {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next?: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly Branches?: readonly AslStates[];
  readonly ItemProcessor?: AslStates;
  readonly Iterator?: AslStates;
}

/** A state machine, a branch of a parallel state, or the processor of a map state. */
export interface AslStates {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}

/** Reads the definition of a state machine. Values that are known only at deployment are replaced. */
export function readDefinition(stateMachine: StateMachine): AslStates {
  const resolved: unknown = Stack.of(stateMachine).resolve((stateMachine.node.defaultChild as CfnStateMachine).definitionString);
  return JSON.parse(typeof resolved === 'string' ? resolved : joined(resolved as { readonly 'Fn::Join': readonly [string, readonly unknown[]] })) as AslStates;
}

const joined = ({ 'Fn::Join': [separator, parts] }: { readonly 'Fn::Join': readonly [string, readonly unknown[]] }): string =>
  parts.map((part) => (typeof part === 'string' ? part : 'token')).join(separator);

/** The states below others, such as the branches of a parallel state. */
export const statesBelow = ({ Branches = [], ItemProcessor, Iterator }: AslState): readonly AslStates[] =>
  [...Branches, ItemProcessor, Iterator].filter((each) => each !== undefined);

/** All states of a state machine with their names. */
export const findStates = (stateMachine: StateMachine): NamedState[] => namedStates(readDefinition(stateMachine));

export interface NamedState {
  readonly name: string;
  readonly state: AslState;
}

const namedStates = ({ States }: AslStates): NamedState[] => Object.entries(States)
  .flatMap(([name, state]) => [{ name, state }, ...statesBelow(state).flatMap(namedStates)]);

/** The names of the states that can follow a state. */
export const nextStates = ({ Next, Default, Choices = [], Catch = [] }: AslState): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((each) => each.Next)].filter((name) => name !== undefined);
