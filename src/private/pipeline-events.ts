import { Annotations, Resource } from 'aws-cdk-lib';
import { Match, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { claimEvents, pipelineIdClaimedOn, type EventRole, type PipelineEvents } from './claimed-events';
import { DEFAULT_EVENT_SOURCE } from './contract';
import { pipelineIdOnBus } from './pipeline-id';
import { assertProps, cannotBeSet, type ValidationError } from './validate';
import { BUS_ADVICE, sameEnvironment } from './validate-environment';
import type { CommonOptions, EventAcceptanceOptions } from '../options';

type Props = Pick<CommonOptions, 'eventSource' | 'pipelineId'> & EventAcceptanceOptions & { readonly eventBus: IEventBus };

/**
 * Returns the events of the pipeline to which a construct belongs.
 *
 * @param roles what the construct does with the events that no other construct may do.
 * @throws Error when a construct of another pipeline uses the same bus and source.
 */
export function pipelineEvents(scope: Construct, props: Props, ...roles: EventRole[]): PipelineEvents {
  const events = subscribedEvents(scope, props);
  claimEvents(scope, events, roles);
  if (!events.hasUniqueId) warnOfPipelineId(scope);
  return events;
}

/** Validates that a bus is in the account and region of a construct. */
export const validateBus = (scope: Construct, eventBus: IEventBus | undefined): ValidationError =>
  sameEnvironment('eventBus', scope, eventBus, 'account and region', BUS_ADVICE);

/** Returns the same for a subscriber, which can also subscribe to pipelines of other apps. */
export function subscribedEvents(scope: Construct, props: Props): PipelineEvents {
  const { eventBus, eventSource = DEFAULT_EVENT_SOURCE } = props;
  assertProps(scope, [validateBus(scope, eventBus)]);
  const given = props.pipelineId ?? pipelineIdClaimedOn(scope, eventBus, eventSource);
  const hasUniqueId = given !== undefined || Resource.isOwnedResource(eventBus);
  if (!hasUniqueId) assertProps(scope, cannotBeSet(props, ['acceptEventsWithoutPipeline'], 'without `pipelineId` when `eventBus` is imported'));
  return { eventBus, eventSource, pipelineId: given ?? pipelineIdOnBus(eventBus, eventSource), hasUniqueId };
}

function warnOfPipelineId(scope: Construct): void {
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:pipelineId',
    '`pipelineId` is not set, so on the imported `eventBus` the events of pipelines of other apps with the same `eventSource` are consumed as well; set the same one for all constructs '
      + 'of the pipeline',
  );
}

/** Warns when requests of other systems are ignored by default. */
export function warnOfEventsWithoutPipeline(scope: Construct, events: PipelineEvents, { acceptEventsWithoutPipeline }: EventAcceptanceOptions): void {
  if (acceptEventsWithoutPipeline !== undefined || !events.hasUniqueId || Resource.isOwnedResource(events.eventBus)) return;
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:eventsWithoutPipeline',
    `events of other systems on the imported \`eventBus\`, such as OrderFulfilled, must have metadata.pipeline ${events.pipelineId}; set \`acceptEventsWithoutPipeline\` to true if no `
      + 'pipeline of another app has the bus and the source, or to false',
  );
}

/** The pattern of events that only the pipeline publishes. */
export const ownEvents = ({ eventSource, pipelineId, hasUniqueId }: PipelineEvents): EventPattern =>
  ({ source: [eventSource], ...(hasUniqueId ? { detail: { metadata: { pipeline: [pipelineId] } } } : {}) });

/** The pattern of events that the pipeline or another system publishes. */
export const acceptedEvents = (events: PipelineEvents, props: EventAcceptanceOptions): EventPattern => {
  const pipeline = pipelinePattern(events, props);
  return { source: [events.eventSource], ...(pipeline ? { detail: { metadata: { pipeline } } } : {}) };
};

/** The values of `metadata.pipeline` that belong to the pipeline. Undefined for all. */
export const pipelinePattern = (events: PipelineEvents, props: EventAcceptanceOptions): string[] | undefined =>
  (events.hasUniqueId ? Match.anyOf(events.pipelineId, ...(acceptsEventsWithoutPipeline(events, props) ? [Match.doesNotExist()] : [])) : undefined);

/** On a bus of the app, one pipeline has the source. On an imported bus, pipelines of other apps can have it as well. */
const acceptsEventsWithoutPipeline = ({ eventBus }: PipelineEvents, { acceptEventsWithoutPipeline }: EventAcceptanceOptions): boolean =>
  acceptEventsWithoutPipeline ?? Resource.isOwnedResource(eventBus);
