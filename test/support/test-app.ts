import { App } from 'aws-cdk-lib';

/** What no test looks at, and what would be made again for each of hundreds of apps: copies of the assets, and where in the code each construct was made. */
const NOT_LOOKED_AT = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

/** An app whose templates are those of any other, and that is synthesized in little more than half the time. */
export const testApp = (context: Record<string, unknown> = {}): App =>
  new App({ treeMetadata: false, analyticsReporting: false, context: { ...NOT_LOOKED_AT, ...context } });
