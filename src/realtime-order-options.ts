import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { MethodLoggingLevel, type ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ApiCorsOptions } from './api-cors-options';
import type { ApiDomainOptions } from './api-domain-options';
import type { ApiHandlerOptions, CommonOptions, OrderSizeOptions, QueueConsumerOptions, TableOptions } from './options';
import type { OrderApi } from './order-api';
import type { OrderAuthentication, OrderRouteAuthentication } from './order-authentication';
import type { OrderOperators } from './order-operators';
import { validateApi } from './private/api/validate-api';
import { validateDomain } from './private/api/validate-domain';
import { validateExistingApi } from './private/api/validate-existing-api';
import { validatePrivateApi } from './private/api/validate-private-api';
import { validateCallers } from './private/callers/validate-callers';
import { cannotBeSet, integerBetween, type ValidationError } from './private/validate';
import { validateCommon, validateKeyRegion, validateOrderSize, validateWarmThroughput } from './private/validate-common';
import { validateApiHandler, validateQueueConsumer } from './private/validate-consumer';
import { validateCors } from './private/validate-cors';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';

/**
 * Options of `RealtimeOrderIngest`.
 */
export interface RealtimeOrderIngestOptions extends OrderSizeOptions, TableOptions {
  /**
   * The kind of API.
   *
   * @default OrderApi.rest()
   */
  readonly api?: OrderApi;

  /**
   * How callers of the API prove who they are. Required with `OrderApi.http()`.
   *
   * @default OrderAuthentication.apiKey()
   */
  readonly authentication?: OrderAuthentication;

  /**
   * The authentication of groups of routes that differ from `authentication`, such as other scopes for those who cancel orders.
   *
   * @default - `authentication` for all routes
   */
  readonly routeAuthentication?: OrderRouteAuthentication;

  /**
   * Which web pages may call the API from a browser: the API answers their preflight requests, and has CORS headers on every response of a
   * handler. Errors of a new REST API itself have them, too.
   *
   * @default - none: browsers do not let pages of other origins call the API
   */
  readonly cors?: ApiCorsOptions;

  /**
   * The custom domain name of the API.
   *
   * @default - the default endpoint only
   */
  readonly domain?: ApiDomainOptions;

  /**
   * Whether the API has its default endpoint, `https://<api>.execute-api.<region>.amazonaws.com`, besides the custom domain name. Set it to false
   * so that clients cannot bypass what protects the custom domain name, such as a CloudFront distribution with a web ACL.
   *
   * @default true
   */
  readonly defaultEndpoint?: boolean;

  /**
   * The claim of a caller's JWT that is their customer ID, such as `sub`. Callers then see and change the orders of this customer only, and orders that
   * they place get the customer ID. Other orders do not exist for them, and they cannot read files. A caller without the claim gets 403, unless they
   * are an operator. Callers must not be able to set the claim themselves.
   *
   * @default - none: every caller sees the orders of all customers
   */
  readonly customerClaim?: string;

  /**
   * Callers who see the orders of all tenants and customers.
   *
   * @default - none
   */
  readonly operators?: OrderOperators[];

  /**
   * The ARN of an existing AWS WAF web ACL for the API: scope `REGIONAL`, in the region of the API. Blocked requests are answered with 403.
   * REST API only.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * Requests per second and burst of the API, whole numbers. Requests above them are answered with 429.
   *
   * @default - 1000 requests per second, bursts of 2000
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Whether the API writes access logs: ids, status and times, without orders and client addresses.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * The level of the execution logs of the API, with the steps of each request that API Gateway takes, and without bodies. They cost about as much as
   * the requests at INFO. REST API only.
   *
   * @default MethodLoggingLevel.OFF
   */
  readonly executionLogLevel?: MethodLoggingLevel;

  /**
   * Whether to set the CloudWatch role for API Gateway, which access logs and execution logs need. All APIs of an account and region share the role, and it
   * remains when the stack is deleted. Set it to false in an account that has one. REST API only.
   *
   * @default - true when the API writes logs (REST API)
   */
  readonly cloudWatchRole?: boolean;

  /**
   * Options of `receive-order`, which answers `POST /orders`.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly receiveOrder?: ApiHandlerOptions;

  /**
   * Options of the orders queue and of `validate-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly validateOrder?: QueueConsumerOptions;

  /**
   * A function of the app with further validation rules. It is invoked with `{ orders }`, one to ten valid orders with their totals, and
   * returns `{ results }`, one result for each order in the same sequence: `{ accepted: true }`, or `{ accepted: false, errors }` with at
   * least one `{ path?, code, message }` (`code` in UPPER_SNAKE_CASE). An order that is not accepted becomes `OrderRejected` with the code
   * `REJECTED_BY_HOOK`. When the function fails, returns another shape, or takes longer than 70 % of `validateOrder.timeout`, the orders are
   * retried one by one and finally moved to the dead-letter queue. The first result for an order is final. Changes are not passed to it.
   *
   * @default - no further rules
   */
  readonly validationHook?: IFunction;

  /**
   * An existing table that assigns sequence numbers to the commands of each order, some 150 bytes for each command. Its partition key is
   * `orderId` (string), its sort key `sequence` (number).
   *
   * @default - a new table
   */
  readonly sequenceTable?: ITableV2;
}

/** Validates the options of `RealtimeOrderIngest`. */
export const validateIngestOptions = (scope: Construct, props: RealtimeOrderIngestOptions & CommonOptions): ValidationError[] => [
  ...validateApiHandler('receiveOrder', props.receiveOrder),
  ...validateQueueConsumer('validateOrder', props.validateOrder),
  ...validateCommon(props),
  integerBetween('throttle.rateLimit', props.throttle?.rateLimit, 1, 1_000_000),
  integerBetween('throttle.burstLimit', props.throttle?.burstLimit, 1, 1_000_000),
  validateOrderSize(props),
  validateWebAcl(scope, props.webAclArn),
  ...validateCors(props.cors),
  ...validateCallers(props),
  ...(props.cloudWatchRole && props.accessLog === false && (props.executionLogLevel ?? MethodLoggingLevel.OFF) === MethodLoggingLevel.OFF
    ? cannotBeSet(props, ['cloudWatchRole'], 'to true when `accessLog` is false')
    : []),
  ...validateApi(props),
  ...validateExistingApi(scope, props),
  ...validatePrivateApi(scope, props),
  ...validateDomain(scope, props),
  sameEnvironment('sequenceTable', scope, props.sequenceTable, 'account and region', TABLE_ADVICE),
  sameEnvironment('validationHook', scope, props.validationHook, 'region', 'use a function of the region that invokes the other one'),
  ...validateWarmThroughput(props),
  props.sequenceTable ? undefined : validateKeyRegion(scope, props.encryptionKey),
];

/** API Gateway and AppSync accept web ACLs of their region, not those of CloudFront. */
export function validateWebAcl(scope: Construct, webAclArn: string | undefined, prop = 'webAclArn'): ValidationError {
  if (webAclArn === undefined || Token.isUnresolved(webAclArn)) return undefined;
  const region = /^arn:[\w-]+:wafv2:([\w-]+):\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/.exec(webAclArn)?.[1];
  if (region && Token.compareStrings(region, Stack.of(scope).region) === TokenComparison.DIFFERENT) {
    return `\`${prop}\` must be of a web ACL in the region of the stack, ${Stack.of(scope).region}, got ${region}`;
  }
  if (region) return undefined;
  return `\`${prop}\` must be the ARN of a regional web ACL, arn:<partition>:wafv2:<region>:<account>:regional/webacl/<name>/<id>, got ${webAclArn}`;
}
