import { App } from 'aws-cdk-lib';

/** A pipeline with every part has more resources than CloudFormation accepts in a stack; an app moves some of them into another. */
const ANY_NUMBER_OF_RESOURCES = { '@aws-cdk/core:stackResourceLimit': 0 };

/** Disables staged assets and stack traces, which are slow and which no test reads. */
const FASTER_SYNTHESIS = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

/** Creates an app that synthesizes the same templates in about half the time. */
export const testApp = (context: Record<string, unknown> = {}): App =>
  new App({ treeMetadata: false, analyticsReporting: false, context: { ...FASTER_SYNTHESIS, ...ANY_NUMBER_OF_RESOURCES, ...context } });
