import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvName } from './contract';

/**
 * What the tokens of a construct's lists are signed with. They are signed so that clients of the API cannot make up a place to go on
 * from, and a client never sees the id that CloudFormation gave the stack. It is no secret from the account: who may read the functions'
 * settings may read the tables, too. So it need not be one, and there is none in the template to leak or to rotate.
 */
export const pageTokenKey = (scope: Construct): Partial<Record<EnvName, string>> => ({
  // arn:aws:cloudformation:region:account:stack/name/id
  TOKEN_KEY: Fn.join('/', [Fn.select(2, Fn.split('/', Stack.of(scope).stackId)), scope.node.path]),
});
