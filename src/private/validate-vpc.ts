import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { cannotBeSet, type ValidationError } from './validate';
import { sameEnvironment } from './validate-environment';
import type { VpcOptions } from '../vpc-options';

/** Quotas of Lambda for one function. */
const MAX_SECURITY_GROUPS = 5;
const MAX_SUBNETS = 16;

/** Validates the VPC of functions. */
export function validateVpc(scope: Construct, props: VpcOptions): ValidationError[] {
  const { vpc, securityGroups } = props;
  if (!vpc) return cannotBeSet(props, ['vpcSubnets', 'securityGroups'], 'without `vpc`');
  const elsewhere = sameEnvironment('vpc', scope, vpc, 'region', 'use a VPC of the region');
  if (elsewhere) return [elsewhere];
  return [
    validateSubnets(vpc, props),
    securityGroups && (securityGroups.length < 1 || securityGroups.length > MAX_SECURITY_GROUPS)
      ? `\`securityGroups\` must contain 1 to ${MAX_SECURITY_GROUPS} security groups, got ${securityGroups.length}; omit it for a new one`
      : undefined,
    ...(securityGroups ?? []).map((group, index) =>
      sameEnvironment(`securityGroups[${index}]`, scope, group, 'region', 'use a security group of the VPC')),
  ];
}

/** The subnets of a VPC whose lookup is pending are not the real ones. */
function validateSubnets(vpc: IVpc, { vpcSubnets }: VpcOptions): ValidationError {
  const { hasPublic, isPendingLookup, subnetIds } = vpc.selectSubnets(vpcSubnets);
  if (isPendingLookup) return undefined;
  if (hasPublic) {
    const subject = vpcSubnets ? '`vpcSubnets` must not be public subnets' : '`vpc` must have private or isolated subnets';
    return `${subject}, because functions in public subnets cannot access AWS; select private ones with a NAT gateway, or isolated ones with VPC endpoints`;
  }
  if (subnetIds.length >= 1 && subnetIds.length <= MAX_SUBNETS) return undefined;
  return `\`vpcSubnets\` must be 1 to ${MAX_SUBNETS} subnets, got ${subnetIds.length}`;
}
