/** A program that synthesizes three pipelines and prints their resource types and the version of aws-cdk-lib. */
import type { Template } from 'aws-cdk-lib/assertions';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { version } from 'aws-cdk-lib/package.json';
import { everythingOn, EVERYTHING_ON_ENV } from './everything-on';
import { synthPipeline } from './synth';
import { resourcesOf } from './template';
import { OrderApi, OrderAuthentication } from 'cdk-order-pipeline';

/** The output of the program: for each pipeline, its resource types by logical ID. */
export interface SynthReport {
  readonly version: string;
  readonly minimal: Record<string, string>;
  readonly everything: Record<string, string>;
  readonly http: Record<string, string>;
}

/** Excludes API deployments, whose logical IDs contain a hash of the API. */
const typesById = (template: Template): Record<string, string> => Object.fromEntries(
  resourcesOf(template).filter(({ type }) => type !== 'AWS::ApiGateway::Deployment').map(({ id, type }) => [id, type]),
);

/** Synthesizes a minimal pipeline, one with every option, and one with an HTTP API, with the loaded aws-cdk-lib. */
export const synthReport = (): SynthReport => ({
  version,
  minimal: typesById(synthPipeline().template),
  everything: typesById(synthPipeline(everythingOn, EVERYTHING_ON_ENV).template),
  http: typesById(synthPipeline((stack) => ({
    api: OrderApi.http(),
    authentication: OrderAuthentication.oidc({ issuer: 'https://login.example.com', audience: ['shop'] }),
    routeAuthentication: { cancelOrders: OrderAuthentication.iam(), readFiles: OrderAuthentication.lambda(Function.fromFunctionName(stack, 'Authorize', 'authorize')) },
    cors: { allowOrigins: ['*'] },
  })).template),
});

if (require.main === module) console.log(JSON.stringify(synthReport()));
