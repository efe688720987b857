import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ValidationError } from './validate';

/** What an existing resource must have in common with the stack that uses it. */
type Common = 'account and region' | 'region';

/**
 * Validates that an existing resource is in the account and region of the stack, or in its region: CDK would use a resource of the same name
 * in the stack's own account and region instead. Accepts environments that are known only at deployment.
 *
 * @param advice how to use a resource of another account or region, if there is a way.
 */
export function sameEnvironment(prop: string, scope: IConstruct, resource: IResource | undefined, common: Common, advice: string): ValidationError {
  if (!resource) return undefined;
  const stack = Stack.of(scope);
  const differs = (one: string, other: string) => Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
  const { account, region } = resource.env;
  const isElsewhere = differs(region, stack.region) || (common === 'account and region' && differs(account, stack.account));
  if (!isElsewhere) return undefined;
  const nameOf = (value: string, kind: string) => (Token.isUnresolved(value) ? `the ${kind} of its stack` : value);
  return `\`${prop}\` must be in the ${common} of the stack, got ${nameOf(account, 'account')}, ${nameOf(region, 'region')}; ${advice}`;
}

/** Whether a region is that of the stack, or known only at deployment. */
export const isInRegionOf = (scope: IConstruct, region: string): boolean =>
  Token.compareStrings(region, Stack.of(scope).region) !== TokenComparison.DIFFERENT;

/** Rules of a bus of another account would be created on a bus of the same name in the account of the stack. */
export const BUS_ADVICE = 'use a bus of the stack, and forward events between the two by rules with the target EventBus of aws-events-targets';
/** Handlers use a table by its name. */
export const TABLE_ADVICE = 'use a table of the stack, or deploy the stack where the table is';
