/** What bytes of JSON contain, without parsing them. */
export interface JsonScan {
  /** The number of texts and keys. */
  readonly texts: number;
  readonly isAscii: boolean;
  /** Whether a text may contain a character that not every service carries, or a key one that JSON escapes. */
  readonly isSuspicious: boolean;
}

const [NOTHING, QUOTE, BACKSLASH, SPECIAL] = [0, 1, 2, 3];

/** The first byte of U+FFFE and U+FFFF, and of some that every service carries. */
const FIRST_OF_SPECIAL = 0xef;
/** The bytes of U+FFFE, of which U+FFFF only has a larger last one. */
const [SECOND_OF_SPECIAL, THIRD_OF_SPECIAL] = [0xbf, 0xbe];
const MAX_ASCII = 0x7f;

const MEANING = new Uint8Array(256);
MEANING[0x22] = QUOTE;
MEANING[0x5c] = BACKSLASH;
MEANING[FIRST_OF_SPECIAL] = SPECIAL;

/** Scans JSON in UTF-8. The result is right for JSON only; it does not check that. */
export function scanJson(bytes: Uint8Array): JsonScan {
  let [quotes, bits, isSuspicious] = [0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    // eslint-disable-next-line no-bitwise -- the highest bit of all bytes
    bits |= byte;
    const meaning = MEANING[byte];
    if (meaning === NOTHING) continue;
    if (meaning === QUOTE) {
      quotes++;
    } else if (meaning === BACKSLASH) {
      isSuspicious = true;
      at++;
    } else {
      isSuspicious ||= bytes[at + 1] === SECOND_OF_SPECIAL && bytes[at + 2] >= THIRD_OF_SPECIAL;
    }
  }
  return { texts: quotes / 2, isAscii: bits <= MAX_ASCII, isSuspicious };
}
