import { Peer, Port, SecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { assertProps } from './validate';
import { validateVpc } from './validate-vpc';
import type { VpcOptions } from '../vpc-options';

/** AWS documents them for functions in a VPC. The managed policy with them also grants access to all log groups. */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * The VPC of the functions of a construct. Functions with the same security groups and subnets share their network interfaces, so they have one
 * security group: that of the props, or a new one.
 *
 * @throws Error when the props are invalid.
 */
export function functionVpc(scope: Construct, props: VpcOptions): VpcOptions {
  assertProps(scope, validateVpc(scope, props));
  const { vpc, vpcSubnets, securityGroups } = props;
  return vpc ? { vpc, vpcSubnets, securityGroups: securityGroups ?? [securityGroupOf(scope, vpc)] } : {};
}

const ID = 'SecurityGroup';

function securityGroupOf(scope: Construct, vpc: IVpc): SecurityGroup {
  const existing = scope.node.tryFindChild(ID);
  if (existing) return existing as SecurityGroup;
  const group = new SecurityGroup(scope, ID, { vpc, description: 'Functions of an order pipeline', allowAllOutbound: false });
  group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'AWS endpoints');
  return group;
}

/** Lets Lambda manage the network interfaces of a function, and not the code of the function, which has the same role. */
export function allowNetworkInterfaces(role: Role): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
  role.addToPrincipalPolicy(new PolicyStatement({
    effect: Effect.DENY,
    actions: NETWORK_INTERFACE_ACTIONS,
    resources: ['*'],
    // Requests of Lambda itself do not have the key.
    conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  }));
  const policy = role.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  acknowledge(policy, [{
    id: 'AwsSolutions-IAM5',
    reason: 'Lambda needs these actions on all network interfaces, and the code of the function may not use them.',
    appliesTo: ['Resource::*'],
  }]);
}
