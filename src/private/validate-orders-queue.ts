import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ValidationError } from './validate';
import { validateFifo } from './validate-common';
import { sameEnvironment } from './validate-environment';

/** Validates the orders queue of a construct that sends commands to it. */
export const validateOrdersQueue = (scope: Construct, ordersQueue: IQueue, construct: string): ValidationError[] => [
  validateFifo('ordersQueue', ordersQueue),
  sameEnvironment('ordersQueue', scope, ordersQueue, 'account and region', `create the ${construct} where the queue is`),
];
