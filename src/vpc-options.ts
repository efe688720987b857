import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';

/**
 * The VPC of the functions.
 */
export interface VpcOptions {
  /**
   * The VPC to which all functions connect. It must have a route to the endpoints of SQS, DynamoDB, EventBridge, S3, SNS and Lambda: a NAT gateway
   * or VPC endpoints. The guide to addresses and networks lists the services of each function. The API does not change.
   *
   * @default - the functions are not connected to a VPC
   */
  readonly vpc?: IVpc;

  /**
   * The private or isolated subnets of the functions, at most 16. Functions in public subnets have no access to the internet, nor to AWS.
   *
   * @default - the private subnets of the VPC, or its isolated ones if it has no private ones
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the functions, 1 to 5. They must allow HTTPS (port 443) to the endpoints.
   *
   * @default - a new security group for all functions, which allows HTTPS to all addresses
   */
  readonly securityGroups?: ISecurityGroup[];
}
