import type { CfnResource } from 'aws-cdk-lib';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/** The types that MiniStack, the local AWS, does not support, and why orders are processed without them. */
export const LEFT_OUT_TYPES: Readonly<Record<string, string>> = {
  'AWS::Athena::NamedQuery': 'Queries are saved for people; the table that they read is created.',
  'AWS::CloudWatch::CompositeAlarm': 'Alarms only notify.',
  'AWS::CloudWatch::Dashboard': 'It refers to alarms that are left out, and a local AWS has no page that shows it.',
  'AWS::Events::Archive': 'Events are archived to replay them; the bus delivers them without it.',
  'AWS::Events::EventBusPolicy': 'A local AWS has one account, which needs no permission.',
  'AWS::EventSchemas::Discoverer': 'Schemas are derived from the events for people.',
  'AWS::EventSchemas::Registry': 'Schemas are stored for people.',
  'AWS::EventSchemas::Schema': 'Schemas are stored for people.',
  'AWS::WAFv2::WebACLAssociation': 'A web ACL only refuses requests.',
  'Custom::S3AutoDeleteObjects': 'It does not respond; a bucket ends with its local AWS.',
};

/** Whether a resource is left out on a local AWS, which has no alarms on metric math either. */
export const isLeftOut = (resource: CfnResource): boolean =>
  resource.cfnResourceType in LEFT_OUT_TYPES || (resource.cfnResourceType === 'AWS::CloudWatch::Alarm' && (resource as CfnAlarm).metrics !== undefined);
