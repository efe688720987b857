import { App } from 'aws-cdk-lib';

/** Disables staged assets and stack traces, which are slow and which no test reads. */
const FASTER_SYNTHESIS = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

/** A stack with every option of a pipeline has more resources than CloudFormation accepts; an app has its alarms in another stack. */
const WITHOUT_RESOURCE_LIMIT = { '@aws-cdk/core:stackResourceLimit': 0 };

/** Creates an app that synthesizes the same templates in about half the time. */
export const testApp = (context: Record<string, unknown> = {}): App =>
  new App({ treeMetadata: false, analyticsReporting: false, context: { ...FASTER_SYNTHESIS, ...WITHOUT_RESOURCE_LIMIT, ...context } });
