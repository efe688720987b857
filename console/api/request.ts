import { storedToken } from './token';
import type { ConsoleProblem } from '../../cli/console/console-api';

/** A request that the server refused or did not answer. */
export class RequestError extends Error {
  constructor(readonly problem: ConsoleProblem) {
    super(problem.title);
  }
}

export const UNREACHABLE: ConsoleProblem = {
  status: 0, title: 'The console does not answer', detail: 'Its command may have ended. Start it again, and open the URL that it prints.',
};

/** The headers of every request. */
export const headers = (): Record<string, string> => ({ Authorization: `Bearer ${storedToken()}` });

/**
 * Sends a request to the API, and returns its answer.
 *
 * @throws RequestError
 */
export async function request<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await send(method, path, body, signal);
  const text = await response.text();
  if (!response.ok) throw new RequestError(problemIn(text, response.status));
  return JSON.parse(text) as Answer;
}

/** Sends a request, and returns what is not JSON. */
export async function download(path: string): Promise<Blob> {
  const response = await send('GET', path);
  if (!response.ok) throw new RequestError(problemIn(await response.text(), response.status));
  return response.blob();
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers(), 'Content-Type': 'application/json' } };
  try {
    return await fetch(`/api/${path}`, { method, headers: headers(), ...content, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(UNREACHABLE);
  }
}

/** The problem of an answer that is not OK. */
export function problemIn(text: string, status: number): ConsoleProblem {
  try {
    const problem = JSON.parse(text) as ConsoleProblem;
    if (typeof problem.title === 'string') return problem;
  } catch {
    // Not an answer of the console.
  }
  return { status, title: `The console answered with status ${status}` };
}

/** The problem of any error. */
export const problemOf = (error: unknown): ConsoleProblem =>
  (error instanceof RequestError ? error.problem : { status: 0, title: error instanceof Error ? error.message : String(error) });

/** Joins a path with the parameters that are given. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
