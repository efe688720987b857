import { Resource } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { claimEvents, markPipeline } from './claimed-events';
import { DEFAULT_EVENT_SOURCE } from './contract';
import { validateBus, warnOfEventsWithoutPipeline } from './pipeline-events';
import { pipelineIdAt } from './pipeline-id';
import { assertProps } from './validate';
import type { CommonOptions, EventAcceptanceOptions } from '../options';

/** How the parts of an `OrderPipeline` identify their events. */
interface PipelineIdentity {
  readonly pipelineId: string;
  readonly acceptEventsWithoutPipeline: boolean;
}

/**
 * Identifies an `OrderPipeline`, and claims the events of its existing bus.
 *
 * @throws Error when another pipeline has the events.
 */
export function identifyPipeline(
  scope: Construct, props: CommonOptions & EventAcceptanceOptions & { readonly eventBus?: IEventBus },
): PipelineIdentity {
  markPipeline(scope);
  const { eventBus, eventSource = DEFAULT_EVENT_SOURCE } = props;
  const pipelineId = props.pipelineId ?? pipelineIdAt(scope, eventSource, eventBus);
  if (eventBus) {
    assertProps(scope, [validateBus(scope, eventBus)]);
    const events = { eventBus, eventSource, pipelineId, hasUniqueId: true };
    claimEvents(scope, events, []);
    warnOfEventsWithoutPipeline(scope, events, props);
  }
  return { pipelineId, acceptEventsWithoutPipeline: props.acceptEventsWithoutPipeline ?? (!eventBus || Resource.isOwnedResource(eventBus)) };
}
