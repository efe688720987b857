/** Words that readers would have to translate, and what to write instead. `docs/glossary.md` explains the terms. */
export interface ListedWord {
  /** A word or phrase; `|` separates forms. It is found in prose and inside identifiers: `letSend` holds `let send`. */
  readonly word: string;
  readonly write: string;
  /** Uses in which the word has its literal meaning. */
  readonly allowed?: RegExp;
}

export const WORD_LIST: readonly ListedWord[] = [
  { word: 'letter|letters', write: 'message, dead-letter message', allowed: /dead[ _-]?letter|(upper|lower)[- ]case letters?|letters?(, | or | and )(digits|hyphens)|letters (A|a)/i },
  { word: 'nobody|somebody|anybody|everybody|whoever', write: 'the caller, the consumer, the subscriber; or leave it out' },
  { word: 'says|said|saying', write: 'publishes, states, returns' },
  { word: 'tells|told|telling', write: 'notifies, reports, returns' },
  { word: 'hears|heard', write: 'receives, subscribes to' },
  { word: 'mend|mends|mended|mending', write: 'fix' },
  { word: 'litter|littered', write: 'leftovers' },
  { word: 'the road|road|roads', write: 'pipeline, path' },
  { word: 'the door|door|doors', write: 'API, entry point' },
  { word: 'hang on|hangs on|hung on|hanging on', write: 'subscribe to, depend on' },
  { word: 'of no use', write: 'cannot be set when' },
  { word: 'judge|judges|judged|judging|judgement|judgements|judgment|verdict|verdicts', write: 'validate, result', allowed: /verdicts: \[|\{ verdicts|verdicts\b.*hook/i },
  { word: 'parked|parking|park', write: 'pending' },
  { word: 'place in line|place in the line|its place in|places of commands|gives places|give places', write: 'sequence number' },
  { word: 'takes its turn|take its turn|has its turn|have its turn|had its turn|its turn|their turn', write: 'in sequence, next' },
  { word: 'trouble|troubles', write: 'error, retryable error' },
  { word: 'sets aside|set aside|sets it aside', write: 'sends to the dead-letter queue' },
  { word: 'lets somebody|let send|let publish|let use|let read', write: 'grants' },
  { word: 'gave up|gives up', write: 'stops retrying' },
  { word: 'is no|are no|was no|were no', write: 'is not a', allowed: /there (is|are|was|were) no|(is|are|was|were) no longer/i },
  { word: 'finding|findings', write: 'validation error', allowed: /cdk-?nag|CDK_NAG|findingId|finding (the|a|its|out)/i },
];
