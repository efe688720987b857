/** Writes what is drawn in the README and in CONTRIBUTING.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withEdges } from './example-edges';
import { withOrderStates } from './order-states-diagram';

writeFileSync('README.md', withOrderStates(readFileSync('README.md', 'utf8')));
writeFileSync('CONTRIBUTING.md', withEdges(readFileSync('CONTRIBUTING.md', 'utf8')));
