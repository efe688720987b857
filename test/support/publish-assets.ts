import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { ASSETS_BUCKET } from './bootstrap-environment';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';
import { LOCAL_DIR } from './python-tool';

interface FileAsset {
  readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** Uploads the assets of a stack to the bucket of its environment. */
export async function publishAssets(assembly: string, manifest: string, local: LocalAws): Promise<void> {
  const s3 = new S3Client({ ...clientConfig(local), forcePathStyle: true });
  const { files = {} }: { readonly files?: Readonly<Record<string, FileAsset>> } = JSON.parse(readFileSync(join(assembly, manifest), 'utf8'));
  for (const [hash, { source: { path, packaging }, destinations }] of Object.entries(files)) {
    const Body = packaging === 'zip' ? zipOf(join(assembly, path), hash) : readFileSync(join(assembly, path));
    for (const { objectKey: Key } of Object.values(destinations)) await s3.send(new PutObjectCommand({ Bucket: ASSETS_BUCKET, Key, Body }));
  }
}

/** Packs a folder, once for all deployments: its hash names its contents. */
function zipOf(folder: string, hash: string): Uint8Array {
  const file = join(LOCAL_DIR, 'assets', `${hash}.zip`);
  if (existsSync(file)) return readFileSync(file);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const zip = zipSync(Object.fromEntries(files.map((name) => [relative(folder, name), readFileSync(name)])));
  mkdirSync(join(LOCAL_DIR, 'assets'), { recursive: true });
  // Other tests can read it at the same time.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, zip);
  renameSync(unfinished, file);
  return zip;
}
