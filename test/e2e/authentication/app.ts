import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { OAuthScope, ResourceServerScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { OrderApi, OrderAuthentication, OrderPipeline } from 'cdk-order-pipeline';

/**
 * A stack for each kind of API with the same rights: users of a Cognito user pool place and read orders, clients with a scope cancel them, and a Lambda
 * authorizer permits to read files.
 */
const app = new App();

for (const kind of ['http', 'rest'] as const) {
  const stack = new Stack(app, kind === 'http' ? 'HttpOrders' : 'RestOrders');
  const userPool = new UserPool(stack, 'Users', { selfSignUpEnabled: true, removalPolicy: RemovalPolicy.DESTROY });
  const cancel = new ResourceServerScope({ scopeName: 'cancel', scopeDescription: 'Cancels orders' });
  const orderServer = userPool.addResourceServer('OrderServer', { identifier: 'orders', scopes: [cancel] });
  const shop = userPool.addClient('Shop', { authFlows: { userPassword: true } });
  const backOffice = userPool.addClient('BackOffice', {
    generateSecret: true, oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(orderServer, cancel)] },
  });
  // Its tokens are of the user pool, but not for orders.
  const other = userPool.addClient('Other', { authFlows: { userPassword: true } });
  const authorize = new Function(stack, 'Authorize', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(authorizerCode()) });

  const users = OrderAuthentication.cognito({ userPools: [userPool], ...(kind === 'http' ? { userPoolClients: [shop, backOffice] } : {}) });
  const orders = new OrderPipeline(stack, 'Orders', {
    api: OrderApi[kind](),
    authentication: users,
    routeAuthentication: {
      cancelOrders: users.withScopes('orders/cancel'), readFiles: OrderAuthentication.lambda(authorize, { identityHeaders: ['X-Token'] }),
    },
    cors: { allowOrigins: ['https://shop.example.com', 'http://localhost:8080'], allowHeaders: ['X-Token'] },
    redrive: false,
    // The local AWS has no event archives and no alarms on metric math.
    archive: false,
    ...(kind === 'rest' ? { cloudWatchRole: false } : {}),
    monitoring: { alarms: false, dashboard: false },
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: false,
  });
  orders.writeContracts();
  const outputs = {
    UserPoolId: userPool.userPoolId,
    ShopClientId: shop.userPoolClientId,
    OtherClientId: other.userPoolClientId,
    BackOfficeClientId: backOffice.userPoolClientId,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
}

/** Permits the whole API to the token `operator`. */
function authorizerCode(): string {
  return `exports.handler = async ({ headers, methodArn }) => {
    const token = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-token')[1];
    const Resource = methodArn.replace(/^((?:[^/]*\\/){2}).*/, '$1*');
    const Effect = token === 'operator' ? 'Allow' : 'Deny';
    return { principalId: token, policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] } };
  };`;
}
