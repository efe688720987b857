import type { Area } from './area';
import { capacity } from './capacity';
import { coldStart } from './cold-start';
import { consumers } from './consumers';
import { cost } from './cost';
import { files } from './files';
import { synth } from './synth';
import { tail } from './tail';
import { validation } from './validation';

/** What `npm run bench` measures, in this order. */
export const AREAS: readonly Area[] = [coldStart, consumers, tail, validation, synth, files, cost, capacity];
