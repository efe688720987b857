import type { ApiKey, RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { MappedStage } from './api-domain';
import type { OrderAuthentication } from '../../order-authentication';
import type { CallerKeys } from '../callers/caller-keys';
import type { PartAlarm, PartGraph } from '../pipeline-part';

/** A route of the API. */
export interface ApiRoute {
  /** Such as `GET`; `ANY` for all that no other route of the path has. */
  readonly method: string;
  /** Such as `/orders/{orderId}`. */
  readonly path: string;
  /** Undefined for a route that the app added to the L2 construct itself. */
  readonly authentication?: OrderAuthentication;
}

/** What the constructs need of an API, of whichever kind. */
export interface IngestApi {
  readonly restApi?: RestApi;
  readonly httpApi?: HttpApi;
  /** Undefined without a route that needs an API key, and if tenants have keys of their own. */
  readonly apiKey?: ApiKey;
  readonly usagePlan?: UsagePlan;
  /** Undefined unless tenants or operators have API keys. */
  readonly callerKeys?: CallerKeys;
  /** That of the default endpoint, without a slash at the end. Undefined without a default endpoint. */
  readonly url?: string;
  readonly stage: MappedStage;
  readonly accessLogGroup?: LogGroup;
  /** The routes that it has so far. */
  readonly routes: readonly ApiRoute[];
  readonly graphs: readonly PartGraph[];
  alarms(receiveOrderFunction: LambdaFunction): PartAlarm[];
  /** The ARN of requests in permission policies. */
  arnForExecuteApi(method: string, path: string): string;
  addRoute(method: string, path: string, handler: IFunction, authentication: OrderAuthentication): void;
}
