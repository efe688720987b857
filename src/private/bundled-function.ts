import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel, Architecture, Code, Function as LambdaFunction, LoggingFormat, SystemLogLevel, Tracing,
  type EnvironmentOptions, type RecursiveLoop,
} from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import type { ApiHandlerOptions, CommonOptions } from '../options';
import { acknowledge } from './acknowledge';
import { handlerPath } from './asset-path';
import { HANDLER_ENV, OPTIONAL_ENV, ORDER_MODEL_HANDLERS, TELEMETRY_ENV, type EnvName, type HandlerName } from './contract';
import { validateEnvironmentSize } from './environment-size';
import { allowNetworkInterfaces, functionVpc } from './function-vpc';
import { createLogGroup } from './log-group';
import { HANDLER_RUNTIME, OrderModelLayer } from './order-model-layer';
import { assertProps } from './validate';
import { validateServiceName } from './validate-common';

/** Whether a handler of the pipeline reads an environment variable. */
const isOfPipeline = (name: string): boolean =>
  [...Object.values(HANDLER_ENV), ...Object.values(OPTIONAL_ENV), TELEMETRY_ENV].some((names: readonly string[]) => names.includes(name));

/** Whether a handler has to know that orders belong to tenants. */
const readsTenants = (handler: HandlerName): boolean =>
  ((OPTIONAL_ENV as Partial<Record<HandlerName, readonly string[]>>)[handler] ?? []).includes('HAS_TENANTS');

/** Namespace of the metrics of the handlers. */
export const METRICS_NAMESPACE = 'OrderPipeline';

export interface BundledFunctionProps extends CommonOptions, ApiHandlerOptions {
  readonly handler: HandlerName;
  /** The file in the bundle, without its extension; `index` by default. */
  readonly file?: string;
  readonly description: string;
  /** Settings. The grants of `grants.ts` add the environment variables of resources. */
  readonly environment?: Partial<Record<EnvName, string>>;
  /** ALLOW for a function that sends messages to its own queue. Lambda stops such a function by default. */
  readonly recursiveLoop?: RecursiveLoop;
}

/**
 * The `service` dimension of the metrics of a construct's handlers.
 *
 * @throws Error when the default, the path of the construct, cannot be one.
 */
export function serviceNameOf(scope: Construct, { serviceName = scope.node.path }: CommonOptions): string {
  assertProps(scope, [validateServiceName(serviceName)]);
  return serviceName;
}

/** The environment variables of functions. Not a member, because CDK's constructor sets the first ones. */
const VARIABLES = new WeakMap<IConstruct, Map<string, string>>();

/** Apps can set the log level of a function. All others come from props and resources of the pipeline. */
const REPLACEABLE: readonly string[] = ['POWERTOOLS_LOG_LEVEL'] satisfies (typeof TELEMETRY_ENV)[number][];

/** A handler of `handlers/`: its bundle, the layer with the order model if it needs one, a log group and a role with write access to the log group. */
export class BundledFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    const logGroup = createLogGroup(scope, `${id}Logs`, props);
    // The default role has write access to all log groups of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    props.encryptionKey?.grantDecrypt(role);
    const vpc = functionVpc(scope, props);
    if (vpc.vpc) allowNetworkInterfaces(role);
    const logLevel = props.logLevel ?? ApplicationLogLevel.INFO;
    const telemetry: Record<(typeof TELEMETRY_ENV)[number], string> = {
      POWERTOOLS_SERVICE_NAME: serviceNameOf(scope, props),
      POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
      POWERTOOLS_LOG_LEVEL: logLevel,
    };
    super(scope, id, {
      description: props.description,
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(handlerPath(scope, props.handler)),
      handler: `${props.file ?? 'index'}.handler`,
      layers: ORDER_MODEL_HANDLERS.includes(props.handler) ? [OrderModelLayer.of(scope, props.orderModel)] : [],
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout ?? Duration.seconds(30),
      role,
      reservedConcurrentExecutions: props.reservedConcurrency,
      recursiveLoop: props.recursiveLoop,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: logLevel,
      systemLogLevelV2: SystemLogLevel.WARN,
      environmentEncryption: props.encryptionKey,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: { ...telemetry, ...(props.tenants && readsTenants(props.handler) ? { HAS_TENANTS: 'true' } : {}), ...props.environment },
      ...vpc,
    });
    this.node.addValidation({ validate: () => validateEnvironmentSize(this, Object.fromEntries(VARIABLES.get(this)!)) });
    acknowledge(this, [
      { id: 'Serverless-LambdaDLQ', reason: 'Only the scheduled function is invoked asynchronously, and it has an on-failure destination.' },
      ...(props.tracing ? [] : [{ id: 'Serverless-LambdaTracing', reason: 'Correlation ids in all logs and events trace an order; `tracing` switches X-Ray on.' }]),
    ]);
    acknowledgeRolePolicy(role, props);
  }

  /**
   * Adds an environment variable.
   *
   * @throws Error when it is one of the pipeline and would get another value.
   */
  public addEnvironment(key: string, value: string, options?: EnvironmentOptions): this {
    const variables = VARIABLES.get(this) ?? new Map<string, string>();
    VARIABLES.set(this, variables);
    const before = isOfPipeline(key) ? variables.get(key) : undefined;
    if (before !== undefined && before !== value && !REPLACEABLE.includes(key)) {
      throw new Error(`${this.node.path}: the environment variable ${key} is set by the pipeline and must not get another value; set the prop that it comes from, or use another name`);
    }
    variables.set(key, value);
    return super.addEnvironment(key, value, options);
  }

  /** Replaces an environment variable of the pipeline. */
  public replaceEnvironment(key: EnvName, value: string): void {
    VARIABLES.get(this)?.delete(key);
    this.addEnvironment(key, value);
  }
}

/** Acknowledges rules on the policy of a role. `Role.customizeRoles` creates no policy. */
function acknowledgeRolePolicy(role: Role, { tracing }: BundledFunctionProps): void {
  const policy = role.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  acknowledge(policy, [
    ...(tracing ? [{ id: 'AwsSolutions-IAM5', reason: 'X-Ray supports no permissions on single resources.', appliesTo: ['Resource::*'] }] : []),
    { id: 'AwsSolutions-IAM5', reason: 'The actions that AWS documents for encrypted tables, on one key.', appliesTo: ['Action::kms:GenerateDataKey*', 'Action::kms:ReEncrypt*'] },
    { id: 'AwsSolutions-IAM5', reason: 'File names are not known at deployment; access is limited to one prefix of one bucket.', appliesTo: [{ regex: '/^Resource::.*/(incoming|reports)/\\*$/' }] },
    { id: 'AwsSolutions-IAM5', reason: 'Stream labels are not known at deployment; access is limited to the streams of one table.', appliesTo: [{ regex: '/^Resource::.*/stream/\\*$/' }] },
  ]);
}
