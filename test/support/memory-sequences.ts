import type { SequenceRecord, SequenceStore } from '#shared';

/** Where places are given, in memory. */
export class MemorySequences implements SequenceStore {
  readonly records: SequenceRecord[] = [];

  readonly list: SequenceStore['list'] = async (orderId, below = Infinity) =>
    this.records.filter((record) => record.orderId === orderId && record.sequence < below).toSorted((one, other) => other.sequence - one.sequence);

  readonly claim: SequenceStore['claim'] = async (record) => {
    if (this.records.some(({ orderId, sequence }) => orderId === record.orderId && sequence === record.sequence)) return false;
    this.records.push(record);
    return true;
  };

  readonly saveHookResult: SequenceStore['saveHookResult'] = async (orderId, sequence, hookResult) => {
    const index = this.records.findIndex((record) => record.orderId === orderId && record.sequence === sequence);
    this.records[index] = { ...this.records[index], hookResult: this.records[index].hookResult ?? hookResult };
    return this.records[index].hookResult!;
  };
}
