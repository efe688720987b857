/** Preloaded into a program: resolves aws-cdk-lib to the oldest version that the package supports, which is installed under an alias. */
import Module from 'node:module';

const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = loader._resolveFilename;

/** The packages that are installed under an alias as well. */
const FLOORS = /^(?:@aws-cdk\/)?(aws-cdk-lib|cloud-assembly-schema)(?=\/|$)/;

loader._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(FLOORS, '$1-floor'), ...rest);
};
