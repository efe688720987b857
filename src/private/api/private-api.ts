import { EndpointType, type RestApi, type RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import type { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { executeApiUrl } from './execute-api-url';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';

const INVOKE = 'execute-api:Invoke';

/** The endpoint of a REST API, and the resource policy that API Gateway requires of a private one. */
export function endpointProps(props: Pick<RealtimeOrderIngestOptions, 'api' | 'authentication' | 'cors'>): Partial<RestApiProps> {
  const vpcEndpoints = props.api?._vpcEndpoints;
  if (!vpcEndpoints) return { endpointTypes: [EndpointType.REGIONAL] };
  return {
    endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [...vpcEndpoints] },
    policy: new PolicyDocument({ statements: [denyOthers(vpcEndpoints), ...allowedRequests(props).map(allow)] }),
  };
}

/** The URL of a private API at its first endpoint: it needs no private DNS, and is valid in every network that has access to the endpoint. */
export function privateUrl({ restApiId, deploymentStage, stack }: RestApi, [{ vpcEndpointId }]: readonly IInterfaceVpcEndpoint[]): string {
  return executeApiUrl(stack, `${restApiId}-${vpcEndpointId}`, deploymentStage.stageName);
}

/** The default is to allow what an identity policy of the account allows, so the endpoints are a condition of a denial. */
const denyOthers = (vpcEndpoints: readonly IInterfaceVpcEndpoint[]): PolicyStatement => new PolicyStatement({
  effect: Effect.DENY,
  principals: [new AnyPrincipal()],
  actions: [INVOKE],
  resources: ['execute-api:/*'],
  conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId) } },
});

/**
 * The requests that need a permission of the resource policy: those without a signature. With IAM, such a permission would allow all callers of the
 * account what no identity policy allows them, so there it is only for preflight requests.
 */
function allowedRequests({ authentication, cors }: Pick<RealtimeOrderIngestOptions, 'authentication' | 'cors'>): readonly string[] {
  if (authentication?._scheme.kind !== 'iam') return ['execute-api:/*'];
  return cors ? ['execute-api:/*/OPTIONS/*'] : [];
}

const allow = (resource: string): PolicyStatement =>
  new PolicyStatement({ principals: [new AnyPrincipal()], actions: [INVOKE], resources: [resource] });
