import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { ASSETS_BUCKET } from './bootstrap-environment';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';
import { publishAssets } from './publish-assets';
import { LOCAL_REGION } from '../../cli/local/local-env';
import { eventually } from '../../cli/local/system/eventually';

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: ArtifactProperties;
}

interface ArtifactProperties {
  readonly stackName?: string;
  /** `s3://<bucket>/<key>`. */
  readonly stackTemplateAssetObjectUrl?: string;
  /** The manifest of assets. */
  readonly file?: string;
}

const TIMEOUT_SECONDS = 300;

/**
 * Creates a stack of a cloud assembly, and first the stacks on which it depends that do not exist yet.
 *
 * @returns the outputs of the stack.
 * @throws Error with the reasons of its resources if the stack is not created.
 */
export async function deployStack(assembly: string, artifactId: string, local: LocalAws): Promise<Record<string, string>> {
  const { artifacts }: { readonly artifacts: Readonly<Record<string, Artifact>> } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const artifact = artifacts[artifactId];
  if (artifact?.type !== 'aws:cloudformation:stack') throw new Error(`the app has no stack ${artifactId}`);
  for (const id of artifact.dependencies ?? []) {
    if (artifacts[id].type === 'aws:cloudformation:stack') await deployStack(assembly, id, local);
    if (artifacts[id].type === 'cdk:asset-manifest') await publishAssets(assembly, artifacts[id].properties!.file!, local);
  }
  const properties = artifact.properties!;
  return createStack(new CloudFormationClient(clientConfig(local)), properties.stackName ?? artifactId, templateUrlOf(properties));
}

/** CloudFormation accepts only URLs of S3. */
const templateUrlOf = ({ stackTemplateAssetObjectUrl }: ArtifactProperties): string =>
  `https://s3.${LOCAL_REGION}.amazonaws.com/${ASSETS_BUCKET}/${stackTemplateAssetObjectUrl!.split('/').at(-1)}`;

async function createStack(client: CloudFormationClient, stackName: string, templateUrl: string): Promise<Record<string, string>> {
  const existing = await describeStack(client, stackName);
  if (!existing) {
    await client.send(new CreateStackCommand({ StackName: stackName, TemplateURL: templateUrl, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  }
  const { StackStatus, Outputs = [] } = await eventually(`the stack ${stackName}`, async () => {
    const stack = await describeStack(client, stackName);
    return stack?.StackStatus?.endsWith('_IN_PROGRESS') ? undefined : stack;
  }, TIMEOUT_SECONDS);
  if (StackStatus !== 'CREATE_COMPLETE') throw new Error(`the stack ${stackName} has the status ${StackStatus}:\n${await failuresOf(client, stackName)}`);
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

const describeStack = (client: CloudFormationClient, StackName: string): Promise<Stack | undefined> =>
  client.send(new DescribeStacksCommand({ StackName })).then(({ Stacks }) => Stacks?.[0], (error) => {
    if (error.name === 'ValidationError') return undefined;
    throw error;
  });

async function failuresOf(client: CloudFormationClient, StackName: string): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`).join('\n');
}
