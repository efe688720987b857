import { hashOf } from './chances';

/** Everything that happened in a run, as one number: two runs that differ anywhere differ here. */
export class Trace {
  /** The lines, kept only when somebody wants to read them. */
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
