import { HttpNoneAuthorizer, HttpRoute, HttpRouteKey, type HttpMethod, type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { MappedStage } from './api-domain';
import { apiGraphs, httpApiAlarms } from './api-monitoring';
import { corsOf, PREFLIGHT_RULES } from './cors';
import { executeApiUrl } from './execute-api-url';
import type { ExistingApi } from './existing-api';
import { HttpAuthorizers } from './http-authorizers';
import type { ApiRoute, IngestApi } from './ingest-api';
import { OrdersHttpApi } from './orders-http-api';
import { PathIntegration } from './path-integration';
import type { CommonOptions } from '../../options';
import type { OrderAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';
import { acknowledge } from '../acknowledge';
import { BundledFunction } from '../bundled-function';
import type { PartAlarm, PartGraph } from '../pipeline-part';

/** The HTTP API of an ingest, new or existing, with its authorizers. */
export class HttpIngestApi implements IngestApi {
  public readonly httpApi?: OrdersHttpApi;
  public readonly url?: string;
  public readonly stage: MappedStage;
  public readonly accessLogGroup?: LogGroup;
  public readonly graphs: readonly PartGraph[];
  public readonly routes: ApiRoute[] = [];
  private readonly api: IHttpApi;
  private readonly authorizers = new HttpAuthorizers();
  private readonly integrations = new Map<IFunction, PathIntegration>();

  /**
   * @param authentication that of routes that the app adds to the L2 construct itself.
   * @param preflightFunction answers preflight requests where the handler is a function of the app.
   */
  constructor(
    private readonly scope: Construct, private readonly props: RealtimeOrderIngestOptions & CommonOptions, authentication: OrderAuthentication,
    private readonly preflightFunction: IFunction,
  ) {
    const existing = props.api?._existing;
    const authorizer = this.authorizers.authorizerFor(authentication._scheme);
    const own = { ...props, cors: corsOf(props), authorizer, scopes: authentication._scopes };
    if (!existing) this.httpApi = new OrdersHttpApi(scope, HTTP_API_ID, own);
    this.api = (existing?.httpApi ?? this.httpApi)!;
    if (props.defaultEndpoint ?? true) this.url = this.httpApi?.apiEndpoint ?? existingUrl(scope, existing!);
    const { apiId, defaultStage } = this.api;
    this.stage = { apiId, stageName: existing?.stageName ?? defaultStage?.stageName ?? DEFAULT_STAGE, construct: defaultStage ?? this.api };
    this.accessLogGroup = this.httpApi?.accessLogGroup;
    this.graphs = this.httpApi ? apiGraphs(this.httpApi) : [];
  }

  public alarms(receiveOrderFunction: LambdaFunction): PartAlarm[] {
    return this.httpApi ? httpApiAlarms(this.httpApi, receiveOrderFunction) : [];
  }

  public addRoute(method: string, path: string, handler: IFunction, authentication: OrderAuthentication): void {
    const route = this.addHttpRoute(method, path, handler, this.authorizers.authorizerFor(authentication._scheme), authentication._scopes);
    this.routes.push({ method, path, authentication });
    if (authentication._scheme.kind !== 'none') acknowledge(route, [{ id: 'AwsSolutions-COG4', reason: 'The app uses another authorizer.' }]);
    if (method === 'ANY' && this.props.cors) this.addPreflight(path, handler instanceof BundledFunction ? handler : this.preflightFunction);
  }

  public arnForExecuteApi(method: string, path: string): string {
    return this.api.arnForExecuteApi(method, path, this.stage.stageName);
  }

  /** API Gateway answers preflight requests itself, except those that a route for every method receives: they need a route without authorizer. */
  private addPreflight(path: string, handler: IFunction): void {
    const route = this.addHttpRoute('OPTIONS', path, handler, new HttpNoneAuthorizer(), []);
    this.routes.push({ method: 'OPTIONS', path });
    acknowledge(route, PREFLIGHT_RULES);
  }

  private addHttpRoute(method: string, path: string, handler: IFunction, authorizer: IHttpRouteAuthorizer, scopes: readonly string[]): Construct {
    const integration = this.integrations.get(handler) ?? new PathIntegration(handler);
    this.integrations.set(handler, integration);
    // The scope is that of CDK's `addRoutes`, which an imported API does not have.
    return new HttpRoute(this.httpApi ?? this.scope, `${method}${path}`, {
      httpApi: this.api, routeKey: HttpRouteKey.with(path, method as HttpMethod), integration, authorizer, authorizationScopes: [...scopes],
    });
  }
}

/** Not that of a REST API: CloudFormation cannot change the type of a resource, and an app can change the kind of its API. */
const HTTP_API_ID = 'HttpApi';

const DEFAULT_STAGE = '$default';

const existingUrl = (scope: Construct, { httpApi, stageName, url }: ExistingApi): string =>
  url ?? executeApiUrl(scope, httpApi!.apiId, stageName === DEFAULT_STAGE ? undefined : stageName);
