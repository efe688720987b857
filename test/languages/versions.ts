import { version } from 'aws-cdk-lib/package.json';

/**
 * The CDK that the reference in TypeScript is synthesized with. Apps in other languages use the newest up to it: registries of these languages can have a
 * version days later than npm.
 */
export const CURRENT_CDK: string = version;
