import {
  FlowLogDestination, GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, IpAddresses, Peer, Port, SecurityGroup, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const CIDR = '10.0.0.0/16';

/** The services that functions call, besides DynamoDB and S3. A validation hook needs that of Lambda. */
const SERVICES = {
  Sqs: InterfaceVpcEndpointAwsService.SQS,
  Sns: InterfaceVpcEndpointAwsService.SNS,
  EventBridge: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
};

/** A VPC without a way to the internet: functions reach AWS by endpoints. An app often has one of another team. */
export class OrdersNetwork extends Construct {
  public readonly vpc: Vpc;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(CIDR),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Functions', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      // It would need a custom resource with a function.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB }, S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    const group = new SecurityGroup(this, 'Endpoints', { vpc: this.vpc, description: 'Endpoints of AWS services', allowAllOutbound: false });
    group.addIngressRule(Peer.ipv4(CIDR), Port.HTTPS, 'Functions');
    for (const [name, service] of Object.entries(SERVICES)) this.vpc.addInterfaceEndpoint(name, { service, securityGroups: [group], open: false });
    // The pipeline lets CloudWatch Logs use the key.
    const logGroup = new LogGroup(this, 'FlowLogs', { encryptionKey: key, retention: RetentionDays.ONE_YEAR });
    this.vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(logGroup) });
  }
}
