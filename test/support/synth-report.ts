/** A program that synthesizes two pipelines and prints their resource types and the version of aws-cdk-lib. */
import type { Template } from 'aws-cdk-lib/assertions';
import { version } from 'aws-cdk-lib/package.json';
import { everythingOn, EVERYTHING_ON_ENV } from './everything-on';
import { synthPipeline } from './synth';
import { resourcesOf } from './template';

/** The output of the program: for each pipeline, its resource types by logical ID. */
export interface SynthReport {
  readonly version: string;
  readonly minimal: Record<string, string>;
  readonly everything: Record<string, string>;
}

/** Excludes API deployments, whose logical IDs contain a hash of the API. */
const typesById = (template: Template): Record<string, string> => Object.fromEntries(
  resourcesOf(template).filter(({ type }) => type !== 'AWS::ApiGateway::Deployment').map(({ id, type }) => [id, type]),
);

/** Synthesizes a minimal pipeline and one with every option, with the loaded aws-cdk-lib. */
export const synthReport = (): SynthReport => ({
  version,
  minimal: typesById(synthPipeline().template),
  everything: typesById(synthPipeline(everythingOn, EVERYTHING_ON_ENV).template),
});

if (require.main === module) console.log(JSON.stringify(synthReport()));
