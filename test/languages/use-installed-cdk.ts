/** Preloaded into a program: resolves aws-cdk-lib, and what belongs to it, in the folder `CDK_FOLDER`. */
import Module from 'node:module';
import { join } from 'node:path';

type Resolve = (request: string, parent: unknown, isMain: boolean, options?: { paths: string[] }) => string;

const loader = Module as unknown as { _resolveFilename: Resolve };
const resolve = loader._resolveFilename;
const folder = process.env.CDK_FOLDER;

loader._resolveFilename = function (request, parent, isMain, options) {
  const isCdk = folder !== undefined && /^(aws-cdk-lib|constructs|@aws-cdk\/cloud-assembly-schema)(\/|$)/.test(request);
  return resolve.call(this, request, parent, isMain, isCdk ? { paths: [join(folder, 'node_modules')] } : options);
};
