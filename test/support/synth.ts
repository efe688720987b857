import { Stack, Stage, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import type { IConstruct } from 'constructs';
import { testApp } from './test-app';
import { OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

/** A stack that was synthesized, with the template and with what it was made of. */
export interface Synthesized<T> {
  readonly stack: Stack;
  readonly template: Template;
  readonly created: T;
}

/** Synthesizes a stack, `Test`, with what `create` puts into it. */
export function synth<T>(create: (stack: Stack) => T, env?: Environment): Synthesized<T> {
  const stack = new Stack(testApp(), 'Test', { env });
  const created = create(stack);
  return { stack, created, template: Template.fromStack(stack) };
}

/** Props, or what makes them where they need a scope. */
export type PipelineProps = OrderPipelineProps | ((stack: Stack) => OrderPipelineProps);

/** What keeps a pipeline from watching itself. */
export const UNWATCHED = { monitoring: { alarms: false, dashboard: false } } satisfies OrderPipelineProps;

/** Synthesizes a stack with one pipeline, `Orders`. */
export const synthPipeline = (props?: PipelineProps, env?: Environment): Synthesized<OrderPipeline> =>
  synth((stack) => new OrderPipeline(stack, 'Orders', typeof props === 'function' ? props(stack) : props), env);

/** The same without alarms and a dashboard, which are half of the work of a synthesis, for tests of what has nothing to do with them. */
export const synthUnwatched = (props?: PipelineProps, env?: Environment): Synthesized<OrderPipeline> =>
  synthPipeline((stack) => ({ ...UNWATCHED, ...(typeof props === 'function' ? props(stack) : props) }), env);

/** The warnings of a stack, each by where it is and what it says: of the synthesis that was, where Annotations.fromStack would make another one. */
export function warningsOf(stack: Stack): { readonly path: string; readonly text: unknown }[] {
  Stage.of(stack)!.synth();
  const warningsAt = ({ node }: IConstruct) => node.metadata.filter(({ type }) => type === ArtifactMetadataEntryType.WARN)
    .map(({ data }) => ({ path: `/${node.path}`, text: stack.resolve(data) as unknown }));
  return stack.node.findAll().flatMap(warningsAt);
}
