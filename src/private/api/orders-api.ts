import { Annotations } from 'aws-cdk-lib';
import type { IApiKey } from 'aws-cdk-lib/aws-apigateway';
import type { IDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createApiDomain } from './api-domain';
import { setCorsOrigins } from './cors';
import { createIngestApi } from './create-ingest-api';
import { grantInvokeApi } from './grant-invoke-api';
import type { IngestApi } from './ingest-api';
import { RouteAuthentications } from './route-authentications';
import { validateAuthentication } from './validate-api';
import { validatePrivateAuthentication } from './validate-private-api';
import type { CommonOptions } from '../../options';
import { OrderAuthentication, type OrderRouteAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';
import { BundledFunction } from '../bundled-function';
import type { CallerOptions } from '../callers/caller-options';
import { callerSettings } from '../callers/caller-settings';
import { setEnv } from '../set-env';
import { assertProps } from '../validate';

type OrdersApiProps = RealtimeOrderIngestOptions & CommonOptions;

/** The API of an ingest: its address, how its routes authenticate callers, and what these may see. */
export class OrdersApi {
  /** The REST API or HTTP API. */
  public readonly gateway: IngestApi;
  /** Without a slash at the end. */
  public readonly url: string;
  /** Undefined unless the construct created it. */
  public readonly domainName?: IDomainName;
  /** That of routes without their own. */
  public readonly authentication: OrderAuthentication;
  /** What callers may see, for the handlers of the pipeline. Undefined where every caller sees every order. */
  public readonly callers?: string;
  private readonly routeAuthentications: RouteAuthentications;

  constructor(private readonly scope: Construct, private readonly props: OrdersApiProps, receiveOrderFunction: IFunction) {
    this.authentication = props.authentication ?? OrderAuthentication.apiKey();
    this.routeAuthentications = new RouteAuthentications(scope, props.routeAuthentication);
    this.gateway = createIngestApi(scope, props, this.authentication, receiveOrderFunction);
    const domain = props.domain && createApiDomain(scope, props.domain, this.gateway.stage);
    // Without a default endpoint, there is a domain.
    this.url = (domain?.url ?? this.gateway.url)!;
    this.domainName = domain?.domainName;
    this.callers = callerSettings(scope, props, this.gateway.callerKeys);
  }

  /** How the API knows the tenant and customer of its callers. */
  public get callerOptions(): CallerOptions {
    const { tenants, customerClaim, operators } = this.props;
    return { tenants, customerClaim, operators };
  }

  /** Whether callers only see the orders of one customer. */
  public get hasCustomers(): boolean {
    return this.props.customerClaim !== undefined;
  }

  /** Whether operators name the tenant in the query of a request. */
  public get hasTenantParameter(): boolean {
    return this.props.tenants !== undefined && this.props.operators !== undefined;
  }

  /** The authentication of a group of routes that is added to the API. Undefined for that of the API. */
  public authenticationOf(group: keyof OrderRouteAuthentication): OrderAuthentication | undefined {
    return this.routeAuthentications.authenticationOf(group);
  }

  /**
   * Adds a route. Handlers of the pipeline get the origins whose pages may read the responses, and what callers may see.
   *
   * @throws Error for an authentication that the API cannot have.
   */
  public addRoute(method: string, path: string, handler: IFunction, authentication: OrderAuthentication): void {
    const { api, cors } = this.props;
    assertProps(this.scope, [
      ...validateAuthentication('authentication', authentication, api?._kind ?? 'rest'),
      validatePrivateAuthentication('authentication', api, authentication, this.authentication),
    ]);
    this.gateway.addRoute(method, path, handler, authentication);
    if (cors) setCorsOrigins(handler, cors);
    if (this.callers !== undefined && handler instanceof BundledFunction) setEnv(handler, 'CALLERS', this.callers);
    if (authentication._scheme.kind === 'none') {
      Annotations.of(this.scope).addWarningV2('cdk-order-pipeline:openApi', 'routes of the API accept requests of all clients; set `authentication`');
    }
  }

  /**
   * Grants a principal to call routes; without any, all.
   *
   * @throws Error if no route has IAM authentication.
   */
  public grantInvoke(grantee: IGrantable, routes: readonly string[]): Grant {
    const ofRoutes = this.gateway.routes.map(({ authentication }) => authentication);
    const hasIam = this.routeAuthentications.hasIam || [this.authentication, ...ofRoutes].some((each) => each?._scheme.kind === 'iam');
    const error = '`grantInvokeApi` needs `authentication`, or one of `routeAuthentication`, that is OrderAuthentication.iam()';
    assertProps(this.scope, [hasIam ? undefined : error]);
    return grantInvokeApi(this.scope, this.gateway, grantee, routes);
  }

  /** @throws Error when there is no such key. */
  public tenantApiKey(tenant: string, name: string): IApiKey {
    return this.existingKey(this.gateway.callerKeys?.tenantKey(tenant, name), `tenant ${tenant} has no API key ${name}; add it to \`tenants\``);
  }

  /** @throws Error when there is no such key. */
  public operatorApiKey(name: string): IApiKey {
    return this.existingKey(this.gateway.callerKeys?.operatorKey(name), `operators have no API key ${name}; add it to \`operators\``);
  }

  private existingKey(key: IApiKey | undefined, error: string): IApiKey {
    if (!key) throw new Error(`${this.scope.node.path}: ${error}`);
    return key;
  }
}
