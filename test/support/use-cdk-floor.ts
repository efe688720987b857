/** Preloaded into a program: resolves aws-cdk-lib to the oldest version that the package supports, which is installed under an alias. */
import Module from 'node:module';

const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = loader._resolveFilename;

loader._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(/^aws-cdk-lib(?=\/|$)/, 'aws-cdk-lib-floor'), ...rest);
};
