import { randomInt } from 'node:crypto';
import { OrderFileError, OrderIdIndex, type OrderFileFormat, type OrderFileLimits, type OrderFilePart, type RawOrder } from '../order-file';
import { MAX_FILE_ERRORS, type FileCounts, type FileFieldError, type FileReason } from './file-check-result';
import { toText, type ReportLine, type ReportOutcome } from './file-report';
import { OrderSelection } from './order-selection';
import { validateFileOrder, type FileOrderValidation } from './validate-file-order';
import { REJECTION_CODE } from '../../../src/private/contract';
import { listErrors, type FieldError } from '../json/field-error';
import { ValueHash } from '../json/value-hash';
import { orderModel } from '../orders/order-model';

/** Checks a file order by order. The limits bound its memory, regardless of the file. */
export class FileCheck {
  /** The valid orders. */
  readonly selection = new OrderSelection();
  /** The first errors. */
  readonly errors: FileFieldError[] = [];
  private reason?: FileReason;
  private readonly ids: OrderIdIndex;
  /** Of the content of the last order, without a total that follows from it. */
  private readonly content = new ValueHash(randomInt(2 ** 32), orderModel.derivedField);
  private readonly count: Record<ReportOutcome, number> = { VALID: 0, REPEATED: 0, INVALID: 0 };

  constructor({ maxOrders }: OrderFileLimits) {
    this.ids = new OrderIdIndex(maxOrders);
  }

  /** Why the file could not be read to its end. */
  get failure(): FileReason | undefined {
    return this.reason;
  }

  get counts(): FileCounts {
    const { VALID: valid, REPEATED: repeated, INVALID: invalid } = this.count;
    return { orders: valid + repeated + invalid, valid, repeated, invalid };
  }

  /** Checks the orders, and yields the lines of the report. An error that makes the file unreadable ends the report and sets `failure`. */
  async *report(parts: AsyncIterable<OrderFilePart>): AsyncGenerator<string> {
    let text = '';
    try {
      for await (const { orders, next } of parts) {
        for (const raw of orders) text += toText(this.check(raw, next.format));
        yield text;
        text = '';
      }
    } catch (error) {
      if (!(error instanceof OrderFileError)) throw error;
      this.reason = { code: error.code, message: error.message, offset: error.offset, line: error.line };
      yield text;
    }
  }

  private check(raw: RawOrder, format: OrderFileFormat): ReportLine {
    const { index, line, offset } = raw;
    const { orderId, outcome, errors } = this.checkOrderId(validateFileOrder(raw, format, this.content));
    this.count[outcome]++;
    if (outcome === 'VALID') this.selection.add(index);
    if (!errors) return { index, line, offset, orderId, outcome };
    const source = { index, line, offset, ...(orderId === undefined ? {} : { orderId }) };
    // A report must not be many times as large as its file.
    const listed = listErrors(errors, MAX_FILE_ERRORS);
    this.errors.push(...listed.slice(0, MAX_FILE_ERRORS - this.errors.length).map((error) => ({ ...source, ...error })));
    return { ...source, outcome, errors: listed };
  }

  /** Compares a valid order with the earlier orders of the file. */
  private checkOrderId(validation: FileOrderValidation): Pick<ReportLine, 'orderId' | 'outcome' | 'errors'> {
    const { orderId, errors } = validation;
    if (errors) return { orderId, outcome: 'INVALID', errors };
    const result = this.ids.add(validation.orderId, this.content);
    if (result === 'conflict') return { orderId, outcome: 'INVALID', errors: [DUPLICATE_ORDER_ID] };
    return { orderId, outcome: result === 'new' ? 'VALID' : 'REPEATED' };
  }
}

const DUPLICATE_ORDER_ID: FieldError = {
  path: '/orderId', code: REJECTION_CODE.DUPLICATE_ORDER_ID, message: 'an earlier order in this file has the same ID and different content',
};
