import { ApiKey, LambdaIntegration, UsagePlan, type IRestApi, type Method, type Stage } from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { MappedStage } from './api-domain';
import { apiGraphs, restApiAlarms } from './api-monitoring';
import { addPreflight, corsOf } from './cors';
import { ExistingRestApi } from './existing-rest-api';
import type { ApiRoute, IngestApi } from './ingest-api';
import { OrdersRestApi } from './orders-rest-api';
import { privateUrl } from './private-api';
import { RestAuthorizers } from './rest-authorizers';
import type { ApiCorsOptions } from '../../api-cors-options';
import type { CommonOptions } from '../../options';
import type { OrderAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';
import { acknowledge } from '../acknowledge';
import { CallerKeys, hasCallerKeys, hasTenantKeys } from '../callers/caller-keys';
import type { PartAlarm, PartGraph } from '../pipeline-part';

/** The REST API of an ingest, new or existing, with its authorizers, API key and web ACL. */
export class RestIngestApi implements IngestApi {
  public readonly restApi?: OrdersRestApi;
  public readonly url?: string;
  public readonly stage: MappedStage;
  public readonly accessLogGroup?: LogGroup;
  public readonly graphs: readonly PartGraph[];
  public apiKey?: ApiKey;
  public usagePlan?: UsagePlan;
  public readonly callerKeys?: CallerKeys;
  private readonly api: IRestApi;
  private readonly deploymentStage: Stage;
  private readonly existing?: ExistingRestApi;
  private readonly authorizers: RestAuthorizers;
  private readonly cors?: ApiCorsOptions;
  private readonly authentications = new Map<Method, OrderAuthentication>();

  /** @param authentication that of methods that the app adds to the L2 construct itself. */
  constructor(
    private readonly scope: Construct, private readonly props: RealtimeOrderIngestOptions & CommonOptions, authentication: OrderAuthentication,
  ) {
    this.authorizers = new RestAuthorizers(scope);
    this.cors = corsOf(props);
    const options = this.authorizers.methodOptions(authentication);
    if (props.api?._existing) this.existing = new ExistingRestApi(scope, props.api._existing);
    else this.restApi = new OrdersRestApi(scope, 'Api', { ...props, methodOptions: options });
    this.api = (this.existing?.api ?? this.restApi)!;
    this.authorizers.attachTo(this.api);
    this.deploymentStage = this.existing?.stage ?? this.api.deploymentStage;
    this.stage = { apiId: this.api.restApiId, stageName: this.deploymentStage.stageName, construct: this.deploymentStage };
    if (props.defaultEndpoint ?? true) this.url = this.endpointUrl();
    this.accessLogGroup = this.restApi?.accessLogGroup;
    this.graphs = this.restApi ? apiGraphs(this.restApi) : [];
    if (hasCallerKeys(props)) this.callerKeys = new CallerKeys(scope, 'CallerKeys', props, { api: this.api, stage: this.deploymentStage });
    if (props.webAclArn !== undefined) {
      const webAcl = new CfnWebACLAssociation(scope, 'WebAclAssociation', { resourceArn: this.deploymentStage.stageArn, webAclArn: props.webAclArn });
      webAcl.node.addDependency(this.deploymentStage);
    }
  }

  public get routes(): readonly ApiRoute[] {
    // Routes that the app added to an API of the pipeline are part of it; other routes of an existing API are not.
    const methods = this.restApi?.methods ?? [...this.authentications.keys()];
    return methods.map((method) => ({ method: method.httpMethod, path: method.resource.path, authentication: this.authentications.get(method) }));
  }

  public alarms(receiveOrderFunction: LambdaFunction): PartAlarm[] {
    return this.restApi ? restApiAlarms(this.restApi, receiveOrderFunction) : [];
  }

  public addRoute(httpMethod: string, path: string, handler: IFunction, authentication: OrderAuthentication): void {
    const resource = this.api.root.resourceForPath(path);
    const options = this.authorizers.methodOptions(authentication);
    const method = resource.addMethod(httpMethod, new LambdaIntegration(handler, { allowTestInvoke: false }), options);
    this.authentications.set(method, authentication);
    if (this.cors) addPreflight(resource, this.cors);
    this.existing?.deploy(method, this.cors);
    if (options.apiKeyRequired) this.addApiKey();
    acknowledgeRules(method, authentication);
  }

  public arnForExecuteApi(method: string, path: string): string {
    return this.api.arnForExecuteApi(method, path, this.deploymentStage.stageName);
  }

  private endpointUrl(): string {
    if (!this.restApi) return this.existing!.url;
    const vpcEndpoints = this.props.api?._vpcEndpoints;
    return vpcEndpoints ? privateUrl(this.restApi, vpcEndpoints) : this.restApi.url.replace(/\/$/, '');
  }

  /** The first route with an API key creates it, unless every key belongs to a tenant. */
  private addApiKey(): void {
    if (this.usagePlan || hasTenantKeys(this.props)) return;
    this.apiKey = new ApiKey(this.scope, 'ApiKey', { description: 'Places orders' });
    this.usagePlan = new UsagePlan(this.scope, 'UsagePlan', { apiStages: [{ api: this.api, stage: this.deploymentStage }] });
    this.usagePlan.addApiKey(this.apiKey);
  }
}

/** Without authentication, cdk-nag reports its rules. */
function acknowledgeRules(method: Method, { _scheme: { kind } }: OrderAuthentication): void {
  if (kind === 'apiKey') acknowledge(method, API_KEY_RULES);
  else if (kind !== 'none' && kind !== 'cognito') acknowledge(method, [{ id: 'AwsSolutions-COG4', reason: 'The app uses another authorizer.' }]);
}

/** cdk-nag rules that an API key satisfies. */
const API_KEY_RULES = ['AwsSolutions-APIG4', 'AwsSolutions-COG4'].map((id) =>
  ({ id, reason: 'Clients send an API key of a usage plan; the app can set an authorizer.' }));
