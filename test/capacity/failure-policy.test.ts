import type { SQSRecord } from 'aws-lambda';
import { settingsOf } from './deployed-pipeline';
import { isAbandoned, isExhausted, retryLimitsOf } from './failure-policy';
import { messageOf } from './message';
import { RetriesExhausted } from '../../handlers/shared/messaging/errors';
import { assertNotAbandoned, errorAfterAttempt } from '../../handlers/shared/messaging/retry-policy';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-27T12:00:00Z');
const limits = retryLimitsOf(settingsOf().deployment.functions['process-order']);

/** Whether a function throws. */
function throws(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

describe('the failure policy of the model', () => {
  beforeEach(() => { jest.useFakeTimers({ now: NOW }); });
  afterEach(() => { jest.useRealTimers(); });

  test.each([0, 1, 23, 24, 25, 47, 48, 49, 95, 96, 120])('ends the retries after %d hours as the handlers do', (hours) => {
    for (const waited of [0, 12, 60]) {
      const message = { ...messageOf(1, NOW - (hours + waited) * HOUR), firstReceivedAt: NOW - hours * HOUR };
      const attributes = { SentTimestamp: String(message.sentAt), ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt) };
      const record = { attributes } as SQSRecord;
      expect(isExhausted(message, NOW, limits)).toBe(errorAfterAttempt(record, new Error('throttled'), limits) instanceof RetriesExhausted);
      expect(isAbandoned(message, NOW, limits)).toBe(throws(() => { assertNotAbandoned(record, limits); }));
    }
  });
});
