import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { validateDeadLetterQueue, type DeadLetterQueueOptions } from './dead-letter-queue-options';
import type { CommonOptions, HandlerOptions } from './options';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { grantPutEventsToHandler, grantRedrive } from './private/grants';
import { pipelineEvents } from './private/pipeline-events';
import { describePart, partsOf, validateParts } from './private/pipeline-part';
import { RedriveRouteSettings } from './private/redrive-route-settings';
import { routeOf, type RedriveRoute } from './private/redrive-routes';
import { assertProps, durationBetween, integerBetween, type ValidationError } from './private/validate';
import { withDefaults } from './private/with-defaults';

/**
 * Options of `OrderRedrive`.
 */
export interface OrderRedriveOptions {
  /**
   * Options of `redrive-dead-letters`. Its timeout, 1 to 15 minutes, limits a list of messages. Messages are moved by many invocations of at
   * most 40 seconds.
   *
   * @default - 512 MiB and 5 minutes
   */
  readonly redriveDeadLetters?: HandlerOptions;
}

/**
 * Properties of `OrderRedrive`.
 */
export interface OrderRedriveProps extends CommonOptions, OrderRedriveOptions {
  /**
   * The bus for `OrderRedriven` events.
   */
  readonly eventBus: IEventBus;

  /**
   * The constructs whose dead-letter queues can be redriven, in the sequence in which an order passes them: at least one construct of this
   * library, such as `RealtimeOrderIngest`. `OrderPipeline.parts` lists those of a pipeline.
   */
  readonly parts: Construct[];
}

/**
 * Lists the messages in the dead-letter queues and redrives them after their cause is fixed: `redrive-dead-letters`, which
 * `npx cdk-order-pipeline redrive` invokes.
 *
 * A message is deleted after it is sent to its destination, so it can be sent twice, which has no effect because consumers are idempotent.
 * `OrderRedriven` is published for each order whose messages an invocation moved, and appears in the history of the order.
 */
export class OrderRedrive extends Construct {
  /** Lists messages and redrives them. */
  public readonly redriveDeadLettersFunction: LambdaFunction;

  private readonly routes: RedriveRoute[] = [];
  private readonly settings: RedriveRouteSettings;

  constructor(scope: Construct, id: string, props: OrderRedriveProps) {
    super(scope, id);
    assertProps(this, [...validateRedriveOptions(props), ...validateParts(props.parts)]);

    this.settings = new RedriveRouteSettings(this);
    this.redriveDeadLettersFunction = new BundledFunction(this, 'RedriveDeadLetters', {
      ...props,
      ...withDefaults({ timeout: Duration.minutes(5) }, props.redriveDeadLetters),
      handler: 'redrive-dead-letters',
      description: 'Lists and redrives the messages in the dead-letter queues',
      environment: { REDRIVE_ROUTES: this.settings.environmentValue },
    });
    this.settings.grantRead(this.redriveDeadLettersFunction);
    grantPutEventsToHandler(this.redriveDeadLettersFunction, pipelineEvents(this, props));
    for (const { consumers = [] } of partsOf(props.parts)) consumers.map(routeOf).forEach((route) => this.addRoute(route));
    describePart(this, {
      name: 'Redrive',
      serviceName: serviceNameOf(this, props),
      otherFunctions: [{
        function: this.redriveDeadLettersFunction,
        afterError: 'The caller received the error, which can also be an invalid request. No message is lost; invoke it again.',
      }],
    });
  }

  /**
   * Adds a dead-letter queue of the app, such as that of a subscription.
   *
   * @param options the dead-letter queue and its source queue.
   */
  public addDeadLetterQueue(options: DeadLetterQueueOptions): void {
    const { name, deadLetterQueue, sourceQueue } = options;
    this.addRoute({ name, deadLetterQueue, sourceQueue });
  }

  /**
   * Grants a principal to list and redrive messages. The option `--stack` of the command line also needs
   * `cloudformation:ListStackResources` on the stack; `--function` does not.
   *
   * @param grantee the principal that invokes the function.
   */
  public grantRedrive(grantee: IGrantable): Grant {
    return this.redriveDeadLettersFunction.grantInvoke(grantee);
  }

  /**
   * Adds the dead-letter queues of a further construct, which the pipeline got after this one.
   *
   * @internal
   */
  public _addPart(construct: Construct): void {
    assertProps(this, validateParts([construct]));
    for (const { consumers = [] } of partsOf([construct])) consumers.map(routeOf).forEach((route) => this.addRoute(route));
  }

  /**
   * The dead-letter queues.
   *
   * @internal
   */
  public get _deadLetterQueues(): IQueue[] {
    return this.routes.map(({ deadLetterQueue }) => deadLetterQueue);
  }

  private addRoute(route: RedriveRoute): void {
    assertProps(this, [
      ...validateDeadLetterQueue(route, this.routes),
      this.routes.length < MAX_ROUTES ? undefined : `there must be at most ${MAX_ROUTES} dead-letter queues, because the policies of a role are limited`,
    ]);
    this.routes.push(route);
    this.settings.add(route);
    grantRedrive(this.redriveDeadLettersFunction, route.deadLetterQueue, route);
  }
}

/** A role has an inline policy of 10240 characters, and 10 managed policies of 6144, to which CDK moves what does not fit into it. */
const MAX_ROUTES = 100;

/** Validates the options of `OrderRedrive`. */
export const validateRedriveOptions = ({ redriveDeadLetters }: OrderRedriveOptions): ValidationError[] => [
  integerBetween('redriveDeadLetters.memorySize', redriveDeadLetters?.memorySize, 128, 10_240),
  // A shorter invocation would redrive few messages.
  durationBetween('redriveDeadLetters.timeout', redriveDeadLetters?.timeout, Duration.minutes(1), Duration.minutes(15)),
];
