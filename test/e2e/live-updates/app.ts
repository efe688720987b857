import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderOperators, OrderPipeline, OrderTenants } from 'cdk-order-pipeline';

/** Two tenants with API keys, operators, and live updates. */
const stack = new Stack(new App(), 'TenantsLive');
const { ingest, liveUpdates } = new OrderPipeline(stack, 'Orders', {
  tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'globex' }),
  operators: [OrderOperators.apiKeys('support')],
  ...LOCAL_PIPELINE_PROPS,
  liveUpdates: { cloudWatchRole: false },
  autoDeleteObjects: false,
});
new CfnOutput(stack, 'GlobexKeyId', { value: ingest.tenantApiKey('globex').keyId });
new CfnOutput(stack, 'SupportKeyId', { value: ingest.operatorApiKey('support').keyId });
new CfnOutput(stack, 'LiveTableName', { value: liveUpdates!.liveTable.tableName });
