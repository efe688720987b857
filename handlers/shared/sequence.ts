import type { SQSRecord } from 'aws-lambda';

/**
 * The place of a command among all commands of its order: the FIFO queue's sequence number (128 bits, so at most 39 digits),
 * padded so that text compares like the number. A runtime that gives none falls back to the command id, which sorts by time.
 */
export const sequenceOf = (record: SQSRecord, commandId: string): string => record.attributes.SequenceNumber?.padStart(39, '0') ?? commandId;
