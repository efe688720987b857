import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants';

const HANDLERS = join(__dirname, '../../handlers');

/** Whether the simulation finds a mutant takes minutes, and is asked by "npm run simulate -- --mutants"; that there still is one does not. */
test.each(MUTANTS)('there is once in the handlers what is taken away so that $name', ({ patches }) => {
  for (const { file, from } of patches) expect(readFileSync(join(HANDLERS, file), 'utf8').split(from)).toHaveLength(2);
});
