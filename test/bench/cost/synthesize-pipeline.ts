import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { findPipeline, type TemplatePipeline } from './pipeline-template';
import { OrderApi, OrderAuthentication, OrderPipeline, type OrderPipelineProps } from '../../../src';
import type { PipelineTemplate } from '../../simulation/template-resources';
import { testApp } from '../../support/test-app';

/** Props that change what an order costs. */
export interface CostOptions {
  /** Whether the API is an HTTP API, not a REST API. */
  readonly isHttp?: boolean;
  readonly hasHistory?: boolean;
}

const propsOf = ({ isHttp = false, hasHistory = true }: CostOptions): OrderPipelineProps => ({
  history: hasHistory,
  // HTTP APIs have no API keys.
  ...(isHttp ? { api: OrderApi.http(), authentication: OrderAuthentication.iam() } : {}),
});

/** Synthesizes the minimal example, with other props if they are given. */
export function synthesizePipeline(options: CostOptions, props: OrderPipelineProps = {}): TemplatePipeline {
  process.env.CDK_VALIDATION ??= 'false';
  const stack = new Stack(testApp({ 'aws:cdk:enable-path-metadata': true, 'cdk-order-pipeline:proveEdges': false }), 'MinimalOrders');
  new OrderPipeline(stack, 'Orders', { ...propsOf(options), ...props });
  return findPipeline(Template.fromStack(stack).toJSON() as PipelineTemplate);
}
