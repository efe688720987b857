import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from './deployment';
import { allOptions, keyOf, type PipelineOptions } from './pipeline-options';
import { readTemplate } from './read-template';
import type { PipelineTemplate } from './template-resources';
import {
  ConfirmationDecision, ExistingOrderPolicy, InvalidOrderPolicy, OrderConfirmation, OrderPipeline, PendingChangePolicy, type OrderPipelineProps,
} from '../../src';
import { testApp } from '../support/test-app';

/** So that functions and other resources can be named, and without what is not simulated. */
const CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, 'cdk-order-pipeline:proveEdges': false };

const propsOf = (stack: Stack, { retention, hasHook, onInvalidOrder, onExistingOrder, confirmation }: PipelineOptions): OrderPipelineProps => ({
  pendingCommandRetention: Duration.seconds(retention),
  onInvalidOrder: InvalidOrderPolicy[onInvalidOrder],
  onExistingOrder: ExistingOrderPolicy[onExistingOrder],
  ...(hasHook ? { validationHook: LambdaFunction.fromFunctionName(stack, 'Hook', 'hook') } : {}),
  ...(confirmation === 'none' ? {} : { confirmation: confirmationOf(stack, confirmation) }),
  // Each check of a file makes an index of so many ids, which would be 24 MB for the default of a million.
  maxOrdersPerFile: 1000,
  // The shortest timeout that is allowed, so that redrives run out of time.
  redriveDeadLetters: { timeout: Duration.minutes(1) },
  monitoring: { alarms: false, dashboard: false },
  archive: false,
});

/** A function of the app that decides. Where a change is refused, orders are confirmed after the timeout. */
const confirmationOf = (stack: Stack, onChange: 'RESTART' | 'REFUSE') => OrderConfirmation.function(LambdaFunction.fromFunctionName(stack, 'Payments', 'payments'), {
  timeout: Duration.minutes(10),
  onChange: PendingChangePolicy[onChange],
  onTimeout: onChange === 'REFUSE' ? ConfirmationDecision.CONFIRM : ConfirmationDecision.REJECT,
});

/** Synthesizes a pipeline. */
export function synthesize(options: PipelineOptions, props: (scope: Stack) => OrderPipelineProps = () => ({})): PipelineTemplate {
  process.env.CDK_VALIDATION ??= 'false';
  const stack = new Stack(testApp(CONTEXT), 'Test');
  new OrderPipeline(stack, 'Orders', { ...propsOf(stack, options), ...props(stack) });
  return Template.fromStack(stack).toJSON() as PipelineTemplate;
}

const deployments = new Map<string, Deployment>();

/** The deployment of a pipeline with some options, synthesized once. */
export function deploymentOf(options: PipelineOptions): Deployment {
  const key = keyOf(options);
  const deployment = deployments.get(key) ?? readTemplate(synthesize(options));
  deployments.set(key, deployment);
  return deployment;
}

/** The deployments of all options, by their keys. */
export const allDeployments = (): Record<string, Deployment> =>
  Object.fromEntries(allOptions().map((options) => [keyOf(options), deploymentOf(options)]));
