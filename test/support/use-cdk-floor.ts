/** Loaded before a program: gives it the oldest aws-cdk-lib that the package allows, which is installed under an alias. */
import Module from 'node:module';

const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = loader._resolveFilename;

loader._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(/^aws-cdk-lib(?=\/|$)/, 'aws-cdk-lib-floor'), ...rest);
};
