import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from './python-tool';
import { run } from '../../cli/local/system/run-program';

/** The files of a certificate for loopback addresses, which signs itself. */
export interface TlsCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Creates a certificate that is valid for a day. */
export async function createTlsCertificate(name: string): Promise<TlsCertificate> {
  mkdirSync(LOCAL_DIR, { recursive: true });
  const [certificate, key] = ['crt', 'key'].map((extension) => join(LOCAL_DIR, `${name}.${extension}`));
  await run('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout', key, '-out', certificate,
  ]);
  return { certificate, key };
}
