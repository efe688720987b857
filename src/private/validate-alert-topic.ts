import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ValidationError } from './validate';
import { sameEnvironment } from './validate-environment';

/** Validates an existing topic for alerts. Handlers publish to the SNS endpoint of their region, without a message group. */
export const validateAlertTopic = (scope: Construct, topic: ITopic | undefined): ValidationError[] => [
  sameEnvironment('alertTopic', scope, topic, 'region', 'use a topic of the region, and subscribe the other region to it'),
  topic?.fifo ? '`alertTopic` must be a standard topic, got a FIFO topic' : undefined,
];
