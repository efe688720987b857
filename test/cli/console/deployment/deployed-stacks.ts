import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export const ACCOUNT = '111122223333';

interface Resource { readonly Type: string; readonly Properties?: { readonly FifoQueue?: boolean } }

/** What CloudFormation would answer about a synthesized stack: physical IDs are those of AWS for queues, and the logical IDs otherwise. */
export function deployed(stacks: Readonly<Record<string, Stack>>, isLocal = false) {
  const templates = Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, Template.fromStack(stack).toJSON()]));
  const physicalId = (id: string, type: string, isFifo: boolean) => {
    if (type === 'AWS::SQS::Queue') return `https://sqs.eu-central-1.amazonaws.com/${ACCOUNT}/${id}${isFifo ? '.fifo' : ''}`;
    return type === 'AWS::CloudFormation::Stack' ? 'nested' : type === 'AWS::SNS::Topic' ? `arn:aws:sns:eu-central-1:${ACCOUNT}:${id}` : id;
  };
  return {
    listResources: async (name: string) => Object.entries(templates[name].Resources as Record<string, Resource>)
      .map(([id, { Type: type, Properties }]) => ({ logicalId: id, type, physicalId: physicalId(id, type, Properties?.FifoQueue ?? false) })),
    stacks: {
      describe: async (name: string) => ({ id: `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/${name}/1`, status: 'CREATE_COMPLETE', outputs: {} }),
      template: async (name: string) => templates[name],
      localEndpoint: () => (isLocal ? 'http://127.0.0.1:1' : undefined),
    },
  };
}
