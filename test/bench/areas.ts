import type { Area } from './area';
import { coldStart } from './cold-start';
import { files } from './files';
import { synth } from './synth';
import { validation } from './validation';

/** What `npm run bench` measures, in this order. */
export const AREAS: readonly Area[] = [coldStart, validation, synth, files];
