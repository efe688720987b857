import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const OPENED = new Map<string, BundleArchive>();

/** The bundles of all handlers, and of the command line: `scripts/archive-bundles.ts` writes them to one compressed file, whose first line lists the files and their lengths. */
export class BundleArchive {
  /** Reads an archive, once in a process. */
  public static open(path: string): BundleArchive {
    const archive = OPENED.get(path) ?? new BundleArchive(readFileSync(path));
    OPENED.set(path, archive);
    return archive;
  }

  private readonly files = new Map<string, Buffer>();
  private readonly hash: string;

  private constructor(compressed: Buffer) {
    this.hash = createHash('sha256').update(compressed).digest('hex').slice(0, 16);
    const content = brotliDecompressSync(compressed);
    const start = content.indexOf('\n') + 1;
    const index: [name: string, length: number][] = JSON.parse(content.toString('utf8', 0, start));
    let offset = start;
    for (const [name, length] of index) this.files.set(name, content.subarray(offset, offset += length));
  }

  /**
   * Returns a file by its name in the archive.
   *
   * @throws Error when the archive has no such file.
   */
  public read(name: string): Buffer {
    const content = this.files.get(name);
    if (!content) throw new Error(`the package has no bundle ${name}; install it again`);
    return content;
  }

  /**
   * Writes the bundle of a handler to a folder of its own below another one. Returns the path of the folder.
   *
   * @throws Error when the archive has no such bundle.
   */
  public extract(handler: string, outdir: string): string {
    const files = [...this.files].filter(([name]) => name.startsWith(`${handler}/`));
    if (files.length === 0) throw new Error(`the package has no bundle of ${handler}; install it again`);
    const folder = join(outdir, `order-pipeline-handlers.${this.hash}`);
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return join(folder, handler);
  }
}
