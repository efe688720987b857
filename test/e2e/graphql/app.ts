import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnUserPoolGroup, UserPool } from 'aws-cdk-lib/aws-cognito';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderAuthentication, OrderOperators, OrderPipeline } from 'cdk-order-pipeline';

/** A pipeline with a GraphQL API whose customers see their own orders, and whose operators see all. */
const stack = new Stack(new App(), 'GraphqlOrders');
const userPool = new UserPool(stack, 'Users', { selfSignUpEnabled: true, removalPolicy: RemovalPolicy.DESTROY });
const shop = userPool.addClient('Shop', { authFlows: { userPassword: true } });
new CfnUserPoolGroup(stack, 'Operators', { userPoolId: userPool.userPoolId, groupName: 'operators' });

const orders = new OrderPipeline(stack, 'Orders', {
  authentication: OrderAuthentication.cognito({ userPools: [userPool] }),
  customerClaim: 'sub',
  operators: [OrderOperators.claim('cognito:groups', 'operators')],
  // The local AWS has no subscriptions.
  graphqlApi: { subscriptions: false },
  redrive: false,
  ...LOCAL_PIPELINE_PROPS,
  autoDeleteObjects: false,
});
orders.writeContracts();
const outputs = {
  GraphqlApiId: orders.graphqlApi!.api.apiId, UserPoolId: userPool.userPoolId, ShopClientId: shop.userPoolClientId,
};
for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
