#!/usr/bin/env node
/** Starts the command line, which the package has in its archive of bundles, and the repository in a file. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction, constants } from 'node:vm';
import { BundleArchive } from '../src/private/bundle-archive';
import { COMMAND_LINE } from '../src/private/contract/bundles';

const file = join(__dirname, COMMAND_LINE);

if (existsSync(file)) {
  createRequire(file)(file);
} else {
  const code = BundleArchive.open(join(__dirname, '..', 'assets', 'bundles.br')).read(COMMAND_LINE).toString();
  const options = { filename: file, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };
  compileFunction(code, ['require', '__dirname'], options)(createRequire(file), __dirname);
}
