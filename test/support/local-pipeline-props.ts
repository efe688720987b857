import { RemovalPolicy } from 'aws-cdk-lib';
import type { OrderPipelineProps } from 'cdk-order-pipeline';

/** The props of a pipeline on a local AWS, which has no event archives, no account-wide role of API Gateway and no alarms on metric math. */
export const LOCAL_PIPELINE_PROPS = {
  archive: false,
  cloudWatchRole: false,
  monitoring: { alarms: false, dashboard: false },
  removalPolicy: RemovalPolicy.DESTROY,
} as const satisfies OrderPipelineProps;
