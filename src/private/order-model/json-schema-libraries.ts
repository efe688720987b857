/** The libraries that check and compile JSON Schemas. `scripts/bundle-libraries.ts` replaces the compiled file by one that contains them. */
export { default as Ajv } from 'ajv';
export { default as Ajv2020 } from 'ajv/dist/2020';
export { default as standaloneCode } from 'ajv/dist/standalone';
export { default as addFormats } from 'ajv-formats';
export { default as safeRegex } from 'safe-regex2';
