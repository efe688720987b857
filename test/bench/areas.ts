import type { Area } from './area';
import { cost } from './cost';
import { files } from './files';
import { synth } from './synth';
import { validation } from './validation';

/** What `npm run bench` measures, in this order. */
export const AREAS: readonly Area[] = [validation, synth, files, cost];
