import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib';

/** Returns a name as it is if it has only printable ASCII characters and is short enough. Otherwise it ends with a hash of the original. */
export function asciiName(name: string, maxLength: number): string {
  if (Token.isUnresolved(name) || (/^[\x21-\x7E]+$/.test(name) && name.length <= maxLength)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.replace(/[^\x21-\x7E]/g, '-').slice(0, maxLength - hash.length - 1)}-${hash}`;
}
