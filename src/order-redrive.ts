import { Duration, Lazy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { BatchFileIngest } from './batch-file-ingest';
import type { CommonOptions, HandlerOptions } from './options';
import type { OrderEventHistory } from './order-event-history';
import type { OrderLifecycleFlows } from './order-lifecycle-flows';
import type { OrderProcessor } from './order-processor';
import { BundledFunction } from './private/bundled-function';
import { DEFAULT_EVENT_SOURCE } from './private/contract';
import { grantPutEventsToHandler, grantRedrive } from './private/grants';
import { validateRedriveOptions, validateRoute, routesOf, routesSetting, type RedriveRoute } from './private/redrive-routes';
import { assertProps } from './private/validate';
import { withDefaults } from './private/with-defaults';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * A dead-letter queue, and where its messages came from.
 */
export interface DeadLetterRoute {
  /**
   * What it is called when messages are listed or put back: 1 to 32 lower-case letters, digits and hyphens.
   */
  readonly name: string;

  /**
   * The dead-letter queue, such as that of a subscription (`OrderEventRule.deadLetterQueue`).
   */
  readonly deadLetterQueue: IQueue;

  /**
   * The queue into which its messages are put back. It takes them in the form in which they are in the dead-letter queue, and is FIFO if
   * that is.
   *
   * @default - its messages are listed, and stay
   */
  readonly queue?: IQueue;
}

/**
 * What can be chosen about putting messages back.
 */
export interface OrderRedriveOptions {
  /**
   * Sizes of the handler that puts messages back. Its timeout, 1 to 15 minutes, is how long one call may take; the next call goes on.
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
   * The bus on which it is said that a message about an order was put back.
   */
  readonly eventBus: IEventBus;

  /**
   * The door whose dead-letter queue is looked after.
   *
   * @default - none
   */
  readonly ingest?: RealtimeOrderIngest;

  /**
   * The files whose dead-letter queues are looked after.
   *
   * @default - none
   */
  readonly files?: BatchFileIngest;

  /**
   * The processor whose dead-letter queues are looked after.
   *
   * @default - none
   */
  readonly processor?: OrderProcessor;

  /**
   * The flows whose dead-letter queues are looked after.
   *
   * @default - none
   */
  readonly lifecycle?: OrderLifecycleFlows;

  /**
   * The history whose dead-letter queue is looked after.
   *
   * @default - none
   */
  readonly history?: OrderEventHistory;
}

/**
 * The way back for what failed: `redrive-dead-letters` lists the messages in the pipeline's dead-letter queues, and puts them back where they
 * came from once the cause is mended. `npx cdk-order-pipeline redrive` calls it.
 *
 * A message is deleted only after it was sent, so it may be sent twice, which changes nothing. What is put back about an order is said on
 * the bus (`OrderRedriven`), and so in the order's history.
 */
export class OrderRedrive extends Construct {
  /** Lists messages and puts them back. */
  public readonly redriveDeadLettersFunction: LambdaFunction;

  private readonly routes: RedriveRoute[] = [];

  constructor(scope: Construct, id: string, props: OrderRedriveProps) {
    super(scope, id);
    assertProps(this, validateRedriveOptions(props));

    this.redriveDeadLettersFunction = new BundledFunction(this, 'RedriveDeadLetters', {
      ...props,
      ...withDefaults({ timeout: Duration.minutes(5) }, props.redriveDeadLetters),
      handler: 'redrive-dead-letters',
      description: 'Lists what is in the dead-letter queues and puts it back',
      environment: { REDRIVE_ROUTES: Lazy.string({ produce: () => routesSetting(this, this.routes) }) },
    });
    grantPutEventsToHandler(this.redriveDeadLettersFunction, props.eventBus, props.eventSource ?? DEFAULT_EVENT_SOURCE);
    for (const route of routesOf(props)) this.add(route);
  }

  /**
   * Looks after another dead-letter queue, such as that of a subscription.
   *
   * @param route the dead-letter queue, and where its messages came from.
   */
  public addRoute(route: DeadLetterRoute): void {
    const { name, deadLetterQueue, queue } = route;
    this.add({ name, deadLetterQueue, queue });
  }

  /**
   * Lets somebody list messages and put them back. For the command's `--stack` he needs `cloudformation:ListStackResources` of the stack as well;
   * for `--function` he does not.
   *
   * @param grantee who may.
   */
  public grantRedrive(grantee: IGrantable): Grant {
    return this.redriveDeadLettersFunction.grantInvoke(grantee);
  }

  private add(route: RedriveRoute): void {
    assertProps(this, validateRoute(route, this.routes));
    this.routes.push(route);
    grantRedrive(this.redriveDeadLettersFunction, route.deadLetterQueue, route);
  }
}
