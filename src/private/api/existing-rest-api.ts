import { Resource } from 'aws-cdk-lib';
import { Deployment, Stage, type CfnMethod, type IRestApi, type Method } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { executeApiUrl } from './execute-api-url';
import type { ExistingApi } from './existing-api';
import type { ApiCorsOptions } from '../../api-cors-options';

/** A REST API of the app or of another stack, and the deployment of the routes that are added to it. */
export class ExistingRestApi {
  public readonly api: IRestApi;
  public readonly stage: Stage;
  public readonly url: string;
  private readonly deployment?: Deployment;

  constructor(scope: Construct, { restApi, stageName, url }: ExistingApi) {
    this.api = restApi!;
    if (Resource.isOwnedResource(this.api)) {
      this.stage = this.api.deploymentStage;
    } else {
      // Constructs that take a stage only read its name.
      this.stage = Stage.fromStageAttributes(scope, 'Stage', { restApi: this.api, stageName: stageName! }) as Stage;
      // API Gateway cannot delete a deployment that the stage still has.
      this.deployment = new Deployment(scope, 'Deployment', { api: this.api, stageName, retainDeployments: true });
    }
    this.url = url ?? executeApiUrl(scope, this.api.restApiId, this.stage.stageName);
  }

  /** Deploys a method. CDK does it for an API of the app. */
  public deploy(method: Method, cors: ApiCorsOptions | undefined): void {
    if (!this.deployment) return;
    const { resource } = method;
    // With the resource, the deployment waits for the answer to preflight requests.
    this.deployment.node.addDependency(resource);
    this.deployment.addToLogicalId({ path: resource.path, method: settingsOf(method), cors: cors && { ...cors, maxAge: cors.maxAge?.toSeconds() } });
  }
}

function settingsOf({ node }: Method): object {
  const { httpMethod, authorizationType, authorizerId, authorizationScopes, apiKeyRequired, integration } = node.defaultChild as CfnMethod;
  return { httpMethod, authorizationType, authorizerId, authorizationScopes, apiKeyRequired, integration };
}
