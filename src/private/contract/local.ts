/** The environment variable that an app is synthesized with for a local AWS. `cdk-order-pipeline local` sets it to `true`. */
export const LOCAL_AWS_ENV = 'ORDER_PIPELINE_LOCAL_AWS';

/** The account of a local AWS, which no AWS account has. */
export const LOCAL_ACCOUNT = '000000000000';
