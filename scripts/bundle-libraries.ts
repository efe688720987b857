/** Bundles the libraries that the compiled library uses into it: run it after jsii. */
import { bundleJsonSchemaLibraries } from './json-schema-libraries';

const FILE = 'lib/private/order-model/json-schema-libraries.js';

bundleJsonSchemaLibraries('src/private/order-model/json-schema-libraries.ts', FILE);
