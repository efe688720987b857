/** What bytes of JSON contain, without parsing them. */
export interface JsonScan {
  /** The number of texts and keys. */
  readonly texts: number;
  readonly hasEscapes: boolean;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** The bytes that count. A table is the fastest way to skip the many others. */
const COUNTS = new Uint8Array(256);
COUNTS[QUOTE] = 1;
COUNTS[BACKSLASH] = 1;

/** Scans JSON in UTF-8. The result is right for JSON only; it does not check that. */
export function scanJson(bytes: Uint8Array): JsonScan {
  const { length } = bytes;
  let [quotes, hasEscapes] = [0, false];
  for (let at = 0; at < length; at++) {
    while (at < length && COUNTS[bytes[at]] === 0) at++;
    if (at >= length) break;
    if (bytes[at] === QUOTE) {
      quotes++;
    } else {
      hasEscapes = true;
      at++;
    }
  }
  return { texts: quotes / 2, hasEscapes };
}
