/** What the metadata of a template contains of a pipeline, for the console. */
export interface ConsoleMetadata {
  /** The ID of the pipeline, as in the metadata of its events. */
  readonly id: string;
  /** The logical IDs of the nested stacks in which the pipeline is, the outermost one first. Absent in a stack that is not nested. */
  readonly nested?: readonly string[];
  /** The bus of the pipeline if the template does not have it: its name. */
  readonly bus?: string;
  /** The parts by their paths in the pipeline, such as `Ingest`, in the sequence in which an order passes them. */
  readonly parts: Readonly<Record<string, PartMetadata>>;
}

/**
 * The drawn resources of a part by their names in it, such as `OrdersQueue`: the end of the logical ID after `prefix` and the name. Where the logical ID
 * does not consist of these, it is the whole logical ID.
 */
export interface PartMetadata {
  readonly prefix: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** The key in the metadata of a template that has the `ConsoleMetadata` of a pipeline. */
export const consoleMetadataKey = (pipelineName: string): string => `${CONSOLE_METADATA}${pipelineName}`;

/** The beginning of these keys. */
export const CONSOLE_METADATA = 'cdk-order-pipeline:console:';

/** CDK's hash at the end of logical IDs. A shorter text in the metadata is the whole logical ID. */
const HASH = /^[0-9A-F]{8}$/;

/** The logical ID of a resource of a part. */
export const logicalIdIn = ({ prefix, ids }: PartMetadata, name: string): string => (HASH.test(ids[name]) ? `${prefix}${name}${ids[name]}` : ids[name]);

/** The types of resources that the console draws. */
export const DRAWN_TYPES = {
  'AWS::ApiGateway::RestApi': 'API',
  'AWS::ApiGatewayV2::Api': 'API',
  'AWS::AppSync::GraphQLApi': 'API',
  'AWS::SQS::Queue': 'QUEUE',
  'AWS::Lambda::Function': 'FUNCTION',
  'AWS::DynamoDB::GlobalTable': 'TABLE',
  'AWS::DynamoDB::Table': 'TABLE',
  'AWS::S3::Bucket': 'BUCKET',
  'AWS::Events::EventBus': 'BUS',
  'AWS::SNS::Topic': 'TOPIC',
  'AWS::Kinesis::Stream': 'STREAM',
  'AWS::KinesisFirehose::DeliveryStream': 'STREAM',
  'AWS::StepFunctions::StateMachine': 'STATE_MACHINE',
} as const;
