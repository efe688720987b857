/** A program: synthesizes the pipeline of the built library and prints what it is made of, and by which aws-cdk-lib. */
import type { Template } from 'aws-cdk-lib/assertions';
import { version } from 'aws-cdk-lib/package.json';
import { everythingOn, EVERYTHING_ON_ENV } from './everything-on';
import { synthPipeline } from './synth';
import { resourcesOf } from './template';

/** What the program prints: for each of two pipelines the types of its resources, by their ids. */
export interface SynthReport {
  readonly version: string;
  readonly minimal: Record<string, string>;
  readonly everything: Record<string, string>;
}

/** The types of all resources by their ids, except for deployments: their ids end in a hash of what is deployed. */
const typesById = (template: Template): Record<string, string> => Object.fromEntries(
  resourcesOf(template).filter(({ type }) => type !== 'AWS::ApiGateway::Deployment').map(({ id, type }) => [id, type]),
);

/** What the pipeline is made of, by the aws-cdk-lib that is loaded. */
export const synthReport = (): SynthReport => ({
  version,
  minimal: typesById(synthPipeline().template),
  everything: typesById(synthPipeline(everythingOn, EVERYTHING_ON_ENV).template),
});

if (require.main === module) console.log(JSON.stringify(synthReport()));
