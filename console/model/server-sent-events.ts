/** A server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads server-sent events from chunks of text, which can end anywhere. */
export class ServerSentEventReader {
  private rest = '';

  /** Adds a chunk. Returns the events that are complete. */
  add(chunk: string): ServerSentEvent[] {
    const blocks = (this.rest + chunk).split(/\r?\n\r?\n/);
    this.rest = blocks.pop()!;
    return blocks.map(readEvent).filter((event) => event.data !== '');
  }
}

function readEvent(block: string): ServerSentEvent {
  const fields = block.split(/\r?\n/).map((line) => /^([^:]*):? ?(.*)$/.exec(line)!);
  const valuesOf = (name: string) => fields.filter((field) => field[1] === name).map((field) => field[2]);
  return { event: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') };
}
