/**
 * Preloaded into a program: resolves aws-cdk-lib, and what belongs to it, to another version, which is installed under an alias. `CDK_ALIAS` is the end of
 * the alias: `floor`, by default, for the oldest versions that the package supports, or `integ` for those of the integration tests.
 */
import Module from 'node:module';
import { devDependencies } from '../../package.json';

const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = loader._resolveFilename;
const { CDK_ALIAS = 'floor' } = process.env;

const PACKAGE = /^(?:@aws-cdk\/)?(aws-cdk-lib|constructs|cloud-assembly-schema)(?=\/|$)/;

loader._resolveFilename = function (request, ...rest) {
  const aliased = request.replace(PACKAGE, (original, name: string) => (`${name}-${CDK_ALIAS}` in devDependencies ? `${name}-${CDK_ALIAS}` : original));
  return resolve.call(this, aliased, ...rest);
};
