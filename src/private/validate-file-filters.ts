import { Token } from 'aws-cdk-lib';
import type { ValidationError } from './validate';

/** S3 accepts 100 notifications for a bucket, and those of the app count as well. */
const MAX_SUFFIXES = 20;
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 128;

/** Validates `fileSuffixes`. S3 rejects notifications whose suffixes overlap, and compares other characters in their URL encoding. */
export function validateSuffixes(suffixes: readonly string[] | undefined): ValidationError[] {
  if (suffixes === undefined) return [];
  if (Token.isUnresolved(suffixes)) return ['`fileSuffixes` must be known at synth, because each suffix becomes a notification of the bucket'];
  if (suffixes.length === 0 || suffixes.length > MAX_SUFFIXES) return [`\`fileSuffixes\` must have 1 to ${MAX_SUFFIXES} suffixes, got ${suffixes.length}; omit it to accept all files`];
  return suffixes.map((suffix, index) => {
    if (Token.isUnresolved(suffix)) return undefined;
    if (!/^[\w.-]{1,100}$/.test(suffix)) return `\`fileSuffixes\` must have 1 to 100 letters, digits, dots, hyphens and underscores each, got ${JSON.stringify(suffix)}`;
    const other = suffixes.find((each, at) => at !== index && each !== '' && !Token.isUnresolved(each) && suffix.endsWith(each) && (each !== suffix || at < index));
    return other === undefined ? undefined : `\`fileSuffixes\` must not overlap, got ${suffix} and ${other}; remove ${suffix}`;
  });
}

/** Validates `ignoredFileNames`. */
export function validateIgnoredNames(names: readonly string[] | undefined): ValidationError[] {
  if (names === undefined) return [];
  if (Token.isUnresolved(names)) return ['`ignoredFileNames` must be known at synth, because it becomes one environment variable'];
  if (names.length > MAX_NAMES) return [`\`ignoredFileNames\` must have at most ${MAX_NAMES} names, got ${names.length}`];
  return names.map((name) => {
    if (Token.isUnresolved(name)) return undefined;
    if (name === '' || name.length > MAX_NAME_LENGTH) return `\`ignoredFileNames\` must have 1 to ${MAX_NAME_LENGTH} characters each, got ${name.length}`;
    if (name.includes('/')) return `\`ignoredFileNames\` must be names without folders, got ${name}; write the part after the last /`;
    if (name === '*') return '`ignoredFileNames` must not be *, which ignores all files; set `fileIngest` to false instead';
    return name.split('*').length > 2 ? `\`ignoredFileNames\` must have at most one * each, got ${name}` : undefined;
  });
}
