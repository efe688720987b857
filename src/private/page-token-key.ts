import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvName } from './contract';

/**
 * Returns the key that signs the page tokens of a construct's lists. The signature prevents clients of the API from making up tokens, and
 * clients cannot see the id of the stack. It needs no secret to store and rotate: principals with read access to the function's
 * configuration usually have read access to the tables.
 */
export const pageTokenKey = (scope: Construct): Partial<Record<EnvName, string>> => ({
  // arn:aws:cloudformation:region:account:stack/name/id
  TOKEN_KEY: Fn.join('/', [Fn.select(2, Fn.split('/', Stack.of(scope).stackId)), scope.node.path]),
});
