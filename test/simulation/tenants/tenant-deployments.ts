import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { OrderAuthentication, OrderOperators, OrderTenants, type OrderPipelineProps } from '../../../src';
import type { Deployment } from '../deployment';
import { defaultOptions } from '../pipeline-options';
import { readTemplate } from '../read-template';
import { synthesize } from '../synthesize';

/** A pipeline whose callers say in a claim to which tenant they belong, and one without tenants. */
export const tenantDeployments = (): Record<string, Deployment> => ({
  'tenants': deploymentWith((scope) => ({
    authentication: OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(scope, 'Users', 'eu-central-1_users')] }),
    tenants: OrderTenants.claim('tenant'),
    operators: [OrderOperators.claim('cognito:groups', 'operators')],
  })),
  'one tenant': deploymentWith(() => ({})),
});

const deploymentWith = (props: (scope: Construct) => OrderPipelineProps): Deployment => readTemplate(synthesize(defaultOptions(), props));
