import type { IAuthorizer, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { HandlerOptions, OrderSizeOptions, QueueConsumerOptions } from './options';

/**
 * What can be chosen about the door for single orders.
 */
export interface RealtimeOrderIngestOptions extends OrderSizeOptions {
  /**
   * Whether requests need an API key, in the header `x-api-key`. A key and a usage plan are made.
   *
   * @default true, unless there is an `authorizer`
   */
  readonly apiKeyRequired?: boolean;

  /**
   * Decides who may call the API, for instance a Cognito user pool or a Lambda authorizer. An imported one must say its
   * `authorizationType`.
   *
   * @default - no authorizer
   */
  readonly authorizer?: IAuthorizer;

  /**
   * The ARN of an existing web ACL (AWS WAF, `REGIONAL` scope, in the API's region) that every request has to pass. What it stops is
   * answered with 403.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * How many requests the API takes, in a second and at once (whole numbers). More are answered with 429.
   *
   * @default - 1000 requests a second, bursts of 2000
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Whether the API logs its requests (ids, status and times; nothing of an order and no client addresses).
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * Whether to set the account's CloudWatch role for API Gateway, which access logs need. It is one for all APIs of an account
   * and region, and stays when the stack goes. Set it to false where the account has one.
   *
   * @default - true when `accessLog` is
   */
  readonly cloudWatchRole?: boolean;

  /**
   * Sizes of the handler behind the API.
   *
   * @default - see `HandlerOptions`
   */
  readonly receiveOrder?: HandlerOptions;

  /**
   * The orders queue and `validate-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly validateOrder?: QueueConsumerOptions;

  /**
   * A function of your own that judges orders which keep all other rules. It is called with `{ orders }`, one to ten of them with their
   * totals, and answers `{ verdicts }`, for each order in the same place `{ accepted: true }` or `{ accepted: false, errors }` with at
   * least one `{ path?, code, message }` (`code` in UPPER_SNAKE_CASE). What is not accepted becomes `OrderRejected` with the code
   * `REJECTED_BY_HOOK`. An error, another answer or none within 70 % of `validateOrder.timeout` says nothing about the orders: they
   * are tried again, alone, and end in the dead-letter queue. The first answer counts. Changes of orders are not asked about.
   *
   * @default - no further rules
   */
  readonly validationHook?: IFunction;

  /**
   * An existing table that gives every command its place among the commands of its order. Its partition key is `orderId` (a string), its
   * sort key `sequence` (a number). Some 150 bytes for each command are kept in it for as long as the order is.
   *
   * @default - a new table
   */
  readonly sequenceTable?: ITableV2;
}
