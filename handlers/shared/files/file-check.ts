import { listErrors, type FieldError } from '../json/field-error';
import {
  OrderFileError, OrderIdIndex, parseRawOrder, type OrderFileFormat, type OrderFileLimits, type OrderFilePart, type RawOrder,
} from '../order-file';
import { MAX_FILE_ERRORS, type FileCounts, type FileFieldError, type FileReason } from './file-record';
import { OrderSelection } from './order-selection';
import { toText, type ReportLine, type ReportOutcome } from './report-line';
import { REJECTION_CODE } from '../../../src/private/contract';
import { canonical } from '../orders/fingerprint';
import { ORDER_ID_PATTERN } from '../orders/ids';
import type { PricedOrder } from '../orders/order';
import { validateOrderRules } from '../orders/order-rules';
import { validateOrderShape } from '../orders/order-shape';

/** Checks a file order by order. Its memory is fixed by the limits, whatever the file. */
export class FileCheck {
  /** Which orders are to be sent. */
  readonly verdicts = new OrderSelection();
  /** The first errors. */
  readonly errors: FileFieldError[] = [];
  private reason?: FileReason;
  private readonly ids: OrderIdIndex;
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

  /** The report, as it grows: a line for each order. What makes the file unreadable ends it and becomes `failure`. */
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
    const { value, errors } = { value: undefined, ...parseRawOrder(raw, format) };
    const verdict = errors ? invalid(errors) : this.judge(value);
    const orderId = verdict.outcome === 'INVALID' ? idOf(value) : verdict.orderId;
    this.count[verdict.outcome]++;
    if (verdict.outcome === 'VALID') this.verdicts.send(index);
    const found = { index, line, offset, ...(orderId === undefined ? {} : { orderId }) };
    if (verdict.outcome !== 'INVALID') return { ...found, outcome: verdict.outcome };
    this.errors.push(...verdict.errors.slice(0, MAX_FILE_ERRORS - this.errors.length).map((error) => ({ ...found, ...error })));
    return { ...found, outcome: 'INVALID', errors: verdict.errors };
  }

  private judge(value: unknown): Verdict {
    const shape = validateOrderShape(value);
    if (shape.errors) return invalid(shape.errors);
    const rules = validateOrderRules(shape.value);
    return rules.errors ? invalid(rules.errors) : this.compare(rules.value);
  }

  private compare(order: PricedOrder): Verdict {
    const { orderId } = order;
    switch (this.ids.add(orderId, canonical(order))) {
      case 'new': return { outcome: 'VALID', orderId };
      case 'repeated': return { outcome: 'REPEATED', orderId };
      case 'clash': return invalid([DUPLICATE]);
    }
  }
}

type Verdict =
  | { readonly outcome: 'VALID' | 'REPEATED'; readonly orderId: string }
  | { readonly outcome: 'INVALID'; readonly errors: readonly FieldError[] };

/** Nobody mends more at a time, and a report must not be many times as large as its file. */
const invalid = (errors: readonly FieldError[]): Verdict & { readonly outcome: 'INVALID' } => ({ outcome: 'INVALID', errors: listErrors(errors, MAX_FILE_ERRORS) });

const DUPLICATE: FieldError = {
  path: '/orderId', code: REJECTION_CODE.DUPLICATE_ORDER_ID, message: 'an earlier order of this file, with other content, has this id',
};

/** An id that can be quoted. */
function idOf(value: unknown): string | undefined {
  const { orderId } = (value ?? {}) as { orderId?: unknown };
  return typeof orderId === 'string' && ORDER_ID_PATTERN.test(orderId) ? orderId : undefined;
}
