import type { ErasureRun } from './erasure-run';

/** A place that an erasure does not reach, and when it no longer has personal data. */
export interface PlaceNotReached {
  readonly place: string;
  readonly until: string;
}

/** The places that the erasure of a pipeline does not reach. */
export function notReached({ types, pipeline }: { readonly types: ReadonlySet<string>; readonly pipeline: ErasureRun['pipeline'] }): PlaceNotReached[] {
  const has = (label: string) => pipeline.resources.some((resource) => resource.label === label);
  return [
    ...(types.has('AWS::Events::Archive') ? [{ place: 'archive of the bus', until: 'archiveRetention, 30 days by default' }] : []),
    { place: 'commands and events that are under way', until: 'they are processed: run the command again then; in queues for 4 days at most' },
    { place: 'point-in-time recovery of the tables', until: '35 days' },
    { place: 'streams of the tables', until: '24 hours' },
    ...(pipeline.bucket === undefined ? [] : [{ place: 'reports of files, which have IDs, paths and messages of errors', until: 'reportRetention, 90 days by default' }]),
    ...(types.has('AWS::Kinesis::Stream') ? [{ place: 'stream of events', until: 'streamRetention, 48 hours by default' }] : []),
    ...(types.has('AWS::KinesisFirehose::DeliveryStream') ? [{ place: 'bucket of the stream', until: 'eventRetention, else until you delete it' }] : []),
    ...(types.has('AWS::StepFunctions::StateMachine') ? [{ place: 'executions of workflows', until: '90 days' }] : []),
    ...(has('live table') ? [{ place: 'connections of live updates, with the ID of the customer', until: 'they are closed, 2 hours at most' }] : []),
    { place: 'logs, which have IDs of orders and customers', until: 'logRetention, a month by default' },
    { place: 'subscribers of the bus, webhooks and other systems that received events', until: 'they delete it: they are yours' },
  ];
}
