import type { CommandContext } from './command-context';

/** Without a terminal, progress is printed at most this often. */
const LINE_EVERY_MS = 30_000;
const ERASE_LINE = '\r\u001b[K';

/** Progress on standard error: one line that is overwritten on a terminal, a plain line now and then elsewhere. */
export class ProgressLine {
  private printedAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private text: () => string;

  constructor(private readonly context: Pick<CommandContext, 'printError' | 'isTerminal' | 'clock'>) {
    this.text = () => '';
  }

  /** Shows the progress. On a terminal, `text` is called again every second. */
  update(text: () => string): void {
    const { printError, isTerminal, clock } = this.context;
    this.text = text;
    if (isTerminal) {
      this.timer ??= setInterval(() => this.draw(), 1000).unref();
      this.draw();
    } else if (clock.now() >= this.printedAt + LINE_EVERY_MS) {
      this.printedAt = clock.now();
      printError(`${text()}\n`);
    }
  }

  /** Prints a line that stays. */
  note(text: string): void {
    const { printError, isTerminal } = this.context;
    printError(`${isTerminal ? ERASE_LINE : ''}${text}\n`);
    if (this.timer) this.draw();
  }

  /** Removes the line. */
  end(): void {
    if (this.timer) this.context.printError(ERASE_LINE);
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private draw(): void {
    this.context.printError(`${ERASE_LINE}${this.text()}`);
  }
}
