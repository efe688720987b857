import type { RequestHeader } from './request-header';

/** A request to the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Such as `/orders`. */
  readonly path: string;
  readonly headers: readonly RequestHeader[];
  readonly body?: string;
}

/** A response of the API. */
export interface ApiResponse {
  readonly status: number;
  readonly statusText: string;
  readonly text: string;
  /** The body if it is a JSON object, and an empty object otherwise. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what an API answers can be anything
  readonly body: Record<string, any>;
}

/** Sends requests to the API of a pipeline. */
export type SendRequest = (request: ApiRequest) => Promise<ApiResponse>;

const REQUEST_TIMEOUT_MS = 30_000;

/** Creates a client of the API at a URL. */
export function ordersClient(url: string, fetch: typeof globalThis.fetch): SendRequest {
  return async ({ method, path, headers, body }) => {
    const fields = headers.map(({ name, value }): [string, string] => [name, value]);
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const response = await fetch(`${url}${path}`, { method, body, headers: fields, signal }).catch((error: Error) => {
      throw new Error(`the API is not reachable at ${url}: ${reasonOf(error)}; check the URL and the network. A private API is reachable in its VPC only.`, { cause: error });
    });
    const text = await response.text();
    return { status: response.status, statusText: response.statusText, text, body: parseObject(text) };
  };
}

/** `fetch` itself has only "fetch failed" as its message. */
const reasonOf = ({ message, cause }: Error): string => {
  const { message: reason, code } = (cause ?? {}) as { message?: string; code?: string };
  return reason || code || message;
};

function parseObject(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body as Record<string, unknown> : {};
  } catch {
    return {};
  }
}
