/** Writes docs/api, the reference of the API with a page for every class. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiReference } from './api-reference/api-reference';

const FOLDER = 'docs/api';

mkdirSync(FOLDER, { recursive: true });
const files = apiReference();
for (const name of readdirSync(FOLDER)) if (!files.some((file) => file.name === name)) rmSync(join(FOLDER, name));
for (const { name, markdown } of files) writeFileSync(join(FOLDER, name), markdown);
