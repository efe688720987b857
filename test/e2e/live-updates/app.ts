import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { OrderOperators, OrderPipeline, OrderTenants } from 'cdk-order-pipeline';

/** Two tenants with API keys, operators, and live updates. */
const stack = new Stack(new App(), 'TenantsLive');
const { ingest, liveUpdates } = new OrderPipeline(stack, 'Orders', {
  tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'globex' }),
  operators: [OrderOperators.apiKeys('support')],
  // The local AWS has no account-wide role of API Gateway, no event archives and no alarms on metric math.
  liveUpdates: { cloudWatchRole: false },
  cloudWatchRole: false,
  archive: false,
  monitoring: { alarms: false, dashboard: false },
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: false,
});
new CfnOutput(stack, 'GlobexKeyId', { value: ingest.tenantApiKey('globex').keyId });
new CfnOutput(stack, 'SupportKeyId', { value: ingest.operatorApiKey('support').keyId });
new CfnOutput(stack, 'LiveTableName', { value: liveUpdates!.liveTable.tableName });
