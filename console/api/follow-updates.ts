import { headers, problemIn, RequestError, UNREACHABLE } from './request';
import type { ConsoleProblem } from '../../cli/console/console-api';
import { ServerSentEventReader, type ServerSentEvent } from '../model/server-sent-events';

/** What becomes of the stream of updates. */
export interface UpdateListener {
  onOpen(): void;
  onEvent(event: ServerSentEvent): void;
  onLost(problem: ConsoleProblem): void;
}

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8000;
/** The server sends a status every two seconds. */
const SILENCE_MS = 30_000;

/** Follows the updates of the server, and connects again when the connection is lost. `EventSource` cannot send the token in a header. */
export async function followUpdates(listener: UpdateListener): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(MAX_PAUSE_MS, pause * 2)) {
    try {
      await readUpdates({ ...bind(listener), onOpen: () => { pause = FIRST_PAUSE_MS; listener.onOpen(); } });
      listener.onLost(UNREACHABLE);
    } catch (error) {
      const problem = error instanceof RequestError ? error.problem : UNREACHABLE;
      listener.onLost(problem);
      // Another attempt would be refused as well.
      if (problem.status === 401) return;
    }
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
}

const bind = (listener: UpdateListener): UpdateListener =>
  ({ onOpen: () => listener.onOpen(), onEvent: (event) => listener.onEvent(event), onLost: (problem) => listener.onLost(problem) });

async function readUpdates({ onOpen, onEvent }: UpdateListener): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const response = await fetch('/api/updates', { headers: headers(), signal: silence.signal });
  if (!response.ok) throw new RequestError(problemIn(await response.text(), response.status));
  onOpen();
  const events = new ServerSentEventReader();
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
    for (const event of events.add(chunk.value)) onEvent(event);
  }
  clearTimeout(timer);
}
