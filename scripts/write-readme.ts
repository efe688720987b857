/** Writes what is drawn in the README anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withOrderStates } from './order-states-diagram';

writeFileSync('README.md', withOrderStates(readFileSync('README.md', 'utf8')));
