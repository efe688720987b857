import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel, Architecture, Code, Function as LambdaFunction, LoggingFormat, SystemLogLevel, type RecursiveLoop,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from '../options';
import { acknowledge } from './acknowledge';
import { assetPath } from './asset-path';
import type { EnvName, HandlerName, TELEMETRY_ENV } from './contract';
import { HANDLER_RUNTIME, SharedLayer } from './shared-layer';

/** Namespace of all metrics that handlers write. */
export const METRICS_NAMESPACE = 'OrderPipeline';

export interface BundledFunctionProps extends CommonOptions, HandlerOptions {
  readonly handler: HandlerName;
  readonly description: string;
  /** Settings only; what belongs to a resource comes with the grant for it (see grants.ts). */
  readonly environment?: Partial<Record<EnvName, string>>;
  /** Whether it may go round in a circle with a queue; Lambda stops such a function otherwise. */
  readonly recursiveLoop?: RecursiveLoop;
}

/** One of the handlers under `handlers/`: its bundle, the shared layer, a log group and a role that may write to it. */
export class BundledFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own: the default one may write to any log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const logLevel = props.logLevel ?? ApplicationLogLevel.INFO;
    const telemetry: Record<(typeof TELEMETRY_ENV)[number], string> = {
      POWERTOOLS_SERVICE_NAME: props.serviceName ?? scope.node.path,
      POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
      POWERTOOLS_LOG_LEVEL: logLevel,
    };
    super(scope, id, {
      description: props.description,
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(assetPath('handlers', props.handler)),
      handler: 'index.handler',
      layers: [SharedLayer.of(scope)],
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout ?? Duration.seconds(30),
      role,
      recursiveLoop: props.recursiveLoop,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: logLevel,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { ...telemetry, ...props.environment },
    });
    acknowledge(this, [
      { id: 'Serverless-LambdaDLQ', reason: 'Not invoked asynchronously, but for one on a schedule, whose failed calls go to an on-failure destination.' },
      { id: 'Serverless-LambdaTracing', reason: 'Correlation ids in all logs and events show the way; X-Ray would need a permission on every resource.' },
    ]);
    acknowledge(role.node.findChild('DefaultPolicy'), [
      { id: 'AwsSolutions-IAM5', reason: 'What AWS documents for tables with a key; it is of one key.', appliesTo: ['Action::kms:GenerateDataKey*', 'Action::kms:ReEncrypt*'] },
      { id: 'AwsSolutions-IAM5', reason: 'Files have names of their own: it is of one prefix of one bucket.', appliesTo: [{ regex: '/^Resource::.*/(incoming|reports)/\\*$/' }] },
      { id: 'AwsSolutions-IAM5', reason: 'Streams get their labels from AWS: it is of those of one table.', appliesTo: [{ regex: '/^Resource::.*/stream/\\*$/' }] },
    ]);
  }
}
