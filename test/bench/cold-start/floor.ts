import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Metafile } from 'esbuild';

const SDK_IMPORT = /import \{([^}]*)\} from '(@aws-sdk\/(?:client-[\w-]+|lib-[\w-]+|util-dynamodb))'/g;

/**
 * The source of a module with the SDK clients of a handler and nothing else: imports the same names from the same packages, and creates each client
 * once with the SDK's defaults.
 */
export function floorOf(handler: string, { outputs }: Metafile): string {
  const [{ inputs }] = Object.values(outputs).filter(({ entryPoint }) => entryPoint === `handlers/${handler}.ts`);
  const names = new Map<string, Set<string>>();
  for (const file of Object.keys(inputs).filter((input) => input.startsWith('handlers/'))) {
    for (const [, imported, from] of readFileSync(resolve(file), 'utf8').matchAll(SDK_IMPORT)) {
      const values = imported.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '));
      names.set(from, new Set([...names.get(from) ?? [], ...values]));
    }
  }
  const packages = [...names].map(([from, values], index) => ({ from, local: `package${index}`, values: [...values] }));
  const used = packages.flatMap(({ local, values }) => values.map((name) => `${local}.${name}`));
  const clients = used.filter((name) => /(?<!Document)Client$/.test(name));
  const documentClient = used.find((name) => name.endsWith('.DynamoDBDocumentClient'));
  return [
    ...packages.map(({ from, local }) => `import * as ${local} from '${from}';`),
    `export const used = [${used.join(', ')}];`,
    `export const clients = [${clients.map((name) => `new ${name}({})`).join(', ')}];`,
    ...(documentClient ? [`export const table = ${documentClient}.from(clients[0]);`] : []),
  ].join('\n');
}
