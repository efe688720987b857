import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrderPipeline, type OrderPipelineProps } from '../../../src';
import { testApp } from '../../support/test-app';

/** Pipelines whose templates have a budget: CloudFormation accepts 500 resources and 1,000,000 bytes in a stack. */
const PIPELINES: Readonly<Record<string, OrderPipelineProps>> = {
  'without props': {},
  'without alarms and dashboard': { monitoring: { alarms: false, dashboard: false } },
  'without files, changes, history and redrive': { fileIngest: false, orderChanges: false, history: false, redrive: false },
};

/** What a stack with one pipeline has. */
export interface TemplateSize {
  readonly resources: number;
  readonly bytes: number;
}

/** The resources and the bytes of the template of each pipeline, without whitespace. */
export const measureTemplates = (): Record<string, TemplateSize> =>
  Object.fromEntries(Object.entries(PIPELINES).map(([name, props]) => [name, sizeOf(props)]));

function sizeOf(props: OrderPipelineProps): TemplateSize {
  const stack = new Stack(testApp(), 'Test');
  new OrderPipeline(stack, 'Orders', props);
  const template = Template.fromStack(stack).toJSON() as { readonly Resources: object };
  return { resources: Object.keys(template.Resources).length, bytes: Buffer.byteLength(JSON.stringify(template)) };
}
