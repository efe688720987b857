import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { DeployedStacks } from './deployed-stack';
import type { DeployedTemplate } from '../console/deployment/loaded-stack';

/** The hosts of AWS, those of VPC endpoints included. */
const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws)$/;

/** Creates the clients. */
export function connectDeployedStacks(config: { readonly region?: string; readonly profile?: string }): DeployedStacks {
  const cloudFormation = new CloudFormationClient(config);
  const apiGateway = new APIGatewayClient(config);
  let endpoint: URL | undefined;
  watchEndpoint(cloudFormation, (url) => { endpoint = url; });
  // CDK deploys templates as JSON.
  const template = async (StackName: string): Promise<DeployedTemplate> =>
    JSON.parse((await cloudFormation.send(new GetTemplateCommand({ StackName }))).TemplateBody ?? '{}');
  return {
    async describe(StackName) {
      const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
      return { ...(stack?.StackId === undefined ? {} : { id: stack.StackId }), status: stack?.StackStatus ?? 'unknown', outputs: Object.fromEntries(outputs) };
    },
    template,
    metadata: async (StackName) => (await template(StackName)).Metadata ?? {},
    async apiKey(apiKey) {
      const { value } = await apiGateway.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
      return value!;
    },
    localEndpoint: () => endpoint !== undefined && !AWS_HOST.test(endpoint.hostname) ? endpoint.origin : undefined,
  };
}

/** Passes on the URL of each request. The SDK has resolved it from its options, the environment or the profile. */
function watchEndpoint(client: CloudFormationClient, onEndpoint: (endpoint: URL) => void): void {
  client.middlewareStack.add((next) => (args) => {
    const { protocol, hostname, port } = args.request as { protocol: string; hostname: string; port?: number };
    onEndpoint(new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`));
    return next(args);
  }, { step: 'finalizeRequest', name: 'watchEndpoint' });
}
