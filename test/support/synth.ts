import { Stack, Stage, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import type { IConstruct } from 'constructs';
import { testApp } from './test-app';
import { OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

/** A synthesized stack with its template and its constructs. */
export interface Synthesized<T> {
  readonly stack: Stack;
  readonly template: Template;
  readonly created: T;
}

/** Synthesizes a stack, `Test`, with the constructs of `create`. */
export function synth<T>(create: (stack: Stack) => T, env?: Environment): Synthesized<T> {
  const stack = new Stack(testApp(), 'Test', { env });
  const created = create(stack);
  return { stack, created, template: Template.fromStack(stack) };
}

/** Props, or a function that returns them for a scope. */
export type PipelineProps = OrderPipelineProps | ((stack: Stack) => OrderPipelineProps);

/** Switches monitoring off. */
export const UNWATCHED = { monitoring: { alarms: false, dashboard: false } } satisfies OrderPipelineProps;

/** Synthesizes a stack with one pipeline, `Orders`. */
export const synthPipeline = (props?: PipelineProps, env?: Environment): Synthesized<OrderPipeline> =>
  synth((stack) => new OrderPipeline(stack, 'Orders', typeof props === 'function' ? props(stack) : props), env);

/** The same without alarms and dashboard, which take half of the time of a synthesis. */
export const synthUnwatched = (props?: PipelineProps, env?: Environment): Synthesized<OrderPipeline> =>
  synthPipeline((stack) => ({ ...UNWATCHED, ...(typeof props === 'function' ? props(stack) : props) }), env);

/** Returns the warnings of a stack with their paths, of the first synthesis. Annotations.fromStack would synthesize again. */
export function warningsOf(stack: Stack): { readonly path: string; readonly text: unknown }[] {
  Stage.of(stack)!.synth();
  const warningsAt = ({ node }: IConstruct) => node.metadata.filter(({ type }) => type === ArtifactMetadataEntryType.WARN)
    .map(({ data }) => ({ path: `/${node.path}`, text: stack.resolve(data) as unknown }));
  return stack.node.findAll().flatMap(warningsAt);
}

/** The same without those about the size of a stack, which a pipeline with every part exceeds. */
export const warningsBesidesSize = (stack: Stack) =>
  warningsOf(stack).filter(({ text }) => !/templateSize\]|the stack has \d+ resources/.test(String(text)));
