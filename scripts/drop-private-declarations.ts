/** Deletes the declarations that no public declaration refers to, so that the package does not contain them: run it after jsii. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LIBRARY = 'lib';
const IMPORT = /(?:from |import\()'(\.[^']*)'/g;

/** Returns the declarations that others refer to, directly or not, and these themselves. */
function reachableFrom(declarations: readonly string[]): Set<string> {
  const reachable = new Set<string>();
  const open = [...declarations];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reachable.has(file)) continue;
    reachable.add(file);
    open.push(...importedBy(file));
  }
  return reachable;
}

function importedBy(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path]) => {
    const module = join(dirname(file), path);
    return existsSync(`${module}.d.ts`) ? `${module}.d.ts` : join(module, 'index.d.ts');
  });
}

const isPublic = (file: string): boolean => dirname(file) === LIBRARY;

const declarations = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts')).map((name) => join(LIBRARY, name));
const reachable = reachableFrom(declarations.filter(isPublic));
for (const file of declarations) if (!reachable.has(file)) rmSync(file);
