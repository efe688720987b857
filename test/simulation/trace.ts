import { hashOf } from './random-streams';

/** All steps of a run as one hash, which differs between runs that differ anywhere. */
export class Trace {
  /** The lines, kept only on demand. */
  readonly lines: string[] = [];
  private value = 0x811c9dc5;

  constructor(private readonly isKept = false) {}

  add(time: number, line: string): void {
    this.value = hashOf(line, hashOf(String(time), this.value));
    if (this.isKept) this.lines.push(`${new Date(time).toISOString().slice(8)} ${line}`);
  }

  get hash(): string {
    return this.value.toString(16).padStart(8, '0');
  }
}
