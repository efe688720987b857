import { isUtf8 } from 'node:buffer';
import { parseStrictJson } from './strict-json';

/** Parses the response of a function of the app. Returns undefined for a response that is not UTF-8, or not unambiguous JSON. */
export const parseResponse = (response: Uint8Array): unknown =>
  (isUtf8(response) ? { value: undefined, ...parseStrictJson(Buffer.from(response).toString(), 'response') }.value : undefined);
