import type { ServerResponse } from 'node:http';
import type { ConsoleData } from '../console-data';
import { toProblem } from './to-problem';

const STATUS_EVERY_MS = 2000;

/** Sends server-sent events: the status every two seconds, and each new event of an order. It ends when the page disconnects. */
export function sendUpdates(response: ServerResponse, data: ConsoleData): void {
  const send = (event: string, content: object) => response.write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
  const unsubscribe = data.onEvent((event) => send('order-event', event));
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  const sendStatus = async () => {
    await data.status().then((status) => send('status', status), (error: Error) => send('problem', toProblem(error)));
    if (isOpen) timer = setTimeout(() => void sendStatus(), STATUS_EVERY_MS);
  };
  response.on('close', () => {
    isOpen = false;
    clearTimeout(timer);
    unsubscribe();
  });
  void sendStatus();
}
