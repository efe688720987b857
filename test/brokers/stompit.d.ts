/** The part of `stompit` that the tests use: the package has no types. */
declare module 'stompit' {
  import type { EventEmitter } from 'node:events';
  import type { Readable, Writable } from 'node:stream';

  export interface StompFrame extends Readable {
    readonly headers: Record<string, string>;
  }

  export interface Client extends EventEmitter {
    send(headers: Record<string, string>, options: { readonly onReceipt: () => void }): Writable;
    subscribe(headers: Record<string, string>, onMessage: (error: Error | null, message: StompFrame) => void): void;
    ack(message: StompFrame): void;
    disconnect(callback: () => void): void;
    destroy(): void;
  }

  export function connect(options: object, callback: (error: Error | null, client: Client) => void): void;
}
