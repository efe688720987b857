import { textsIn } from './document-path';
import { eraseDocument } from './erase-document';
import { ERASED } from './neutral-values';
import type { PersonalFields } from './personal-fields';
import { stepsOf, valueAt } from '../../handlers/shared/json/value-at';

/** The customer who is erased. */
export interface Person {
  readonly customerId: string;
  /** What replaces the ID of the customer. */
  readonly pseudonym: string | number;
  /** Where orders have the ID of the customer, as a JSON Pointer. */
  readonly customerPath: string;
}

/** Fields of the pipeline, which are not free text. */
const KEPT = new Set([
  'orderId', 'tenant', 'eventId', 'eventType', 'type', 'commandId', 'commandType', 'causationId', 'channel', 'status', 'code', 'path', 'currency', 'pipeline', 'listKey',
  'occurredAt', 'detail-type', 'source', 'part', 'itemKey', 'orderKey', 'position', 'owner', 'webhookId', 'url', 'token', 'task', 'workflow', 'execution', 'fileId', 'id',
  'onExistingOrder', 'onTimeout', 'decision', 'placedAt', 'createdAt', 'updatedAt', 'receivedAt', 'rejectedAt', 'at', 'time', 'attemptedAt', 'finishedAt', 'dueAt',
]);

/** Whose `reason` is a free text of the person. */
const CANCELLATIONS = new Set<unknown>(['CancelOrder', 'OrderCancellationRequested', 'OrderCancelled']);

/** A shorter text can be part of another one by chance. */
const MIN_PART_LENGTH = 4;

const PSEUDONYM = /^erased-[0-9a-f]{32}$/;

/** Removes what is personal of a customer from JSON values: from the orders and changes of orders in them, and what was personal there from all other texts. */
export class Eraser {
  /** The number of fields that were erased. */
  count = 0;
  /** The texts that were personal. */
  readonly texts = new Set<string>();
  /** The texts that stay in orders, such as a sales channel: they are not personal elsewhere, either. */
  private readonly kept = new Set<string>();
  private readonly customerSteps: readonly string[];

  constructor(private readonly person: Person, private readonly fields: PersonalFields, private readonly erasedIds: ReadonlySet<string> = new Set()) {
    this.customerSteps = stepsOf(person.customerPath);
    this.texts.add(person.customerId);
  }

  /** Whether a value is the ID of the customer. */
  isCustomer(value: unknown): boolean {
    return (typeof value === 'string' || typeof value === 'number') && String(value) === this.person.customerId;
  }

  /** Whether a value is the pseudonym of a customer who was erased. */
  isErased(value: unknown): boolean {
    return this.erasedIds.has(String(value)) || PSEUDONYM.test(String(value));
  }

  /** The ID of the customer in an order. */
  customerOf(order: unknown): unknown {
    return valueAt(order, ...this.customerSteps) ?? undefined;
  }

  /** The customers that a value names, in facts, orders and JSON within it. */
  customersIn(value: unknown): unknown[] {
    if (typeof value === 'string') return /^[{[]/.test(value) ? this.customersIn(parsed(value)) : [];
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
    const { customerId } = value as { readonly customerId?: unknown };
    const own = [this.customerOf(value), customerId, valueAt(customerId, 'S')].filter((id) => typeof id === 'string' || typeof id === 'number');
    return [...own, ...Object.values(value).flatMap((part) => this.customersIn(part))];
  }

  /**
   * Erases an order, or a change of one. That of another customer stays as it is.
   *
   * @throws FieldNotErasable
   */
  document(document: unknown): unknown {
    const customer = this.customerOf(document);
    const isCustomer = this.isCustomer(customer);
    if (customer !== undefined && !isCustomer && !this.isErased(customer)) return document;
    // A pseudonym stays.
    const value = isCustomer ? this.person.pseudonym : customer;
    const erased = eraseDocument(document, this.fields, customer === undefined ? undefined : { steps: this.customerSteps, value });
    this.count += erased.count - (customer !== undefined && !isCustomer ? 1 : 0);
    for (const text of erased.texts) this.texts.add(text);
    for (const text of textsIn(erased.document)) this.kept.add(text);
    return erased.document;
  }

  /** Erases a value. It is the same object if there is nothing to erase. */
  value<Value>(value: Value): Value {
    return this.any(value, '', false) as Value;
  }

  private any(value: unknown, key: string, isCancellation: boolean): unknown {
    if (typeof value === 'string') return this.text(value, key, isCancellation);
    if (typeof value === 'number') return key === 'customerId' && this.isCustomer(value) ? this.person.pseudonym : value;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Uint8Array) return value;
    const names = value as Readonly<Record<string, unknown>>;
    const types = [names.type, names.commandType, names['detail-type'], names.eventType];
    const isOfCancellation = isCancellation || key === 'cancellation' || types.some((type) => CANCELLATIONS.has(type));
    const entries = Object.entries(names).map(([name, part]) => [name, this.part(names, name, part, isOfCancellation)] as const);
    if (entries.every(([name, part]) => part === names[name])) return value;
    if (Array.isArray(value)) return entries.map(([, part]) => part);
    return { ...Object.fromEntries(entries), ...(typeof names.fingerprint === 'string' ? { fingerprint: ERASED } : {}) };
  }

  private part(parent: Readonly<Record<string, unknown>>, name: string, part: unknown, isCancellation: boolean): unknown {
    const isDocument = name === 'order' || name === 'patch' || (name === 'payload' && parent.commandType === 'PlaceOrder');
    if (!isDocument || typeof part !== 'object' || part === null) return this.any(part, Array.isArray(parent) ? '' : name, isCancellation);
    const erased = this.document(part);
    return JSON.stringify(erased) === JSON.stringify(part) ? part : erased;
  }

  private text(text: string, key: string, isCancellation: boolean): string {
    const replacement = this.replacementOf(text, key, isCancellation);
    if (replacement !== text && !/^[{[]/.test(text)) this.count += 1;
    return replacement;
  }

  private replacementOf(text: string, key: string, isCancellation: boolean): string {
    if (KEPT.has(key)) return text;
    if (this.isCustomer(text)) return String(this.person.pseudonym);
    if (isCancellation && key === 'reason') return ERASED;
    const json = /^[{[]/.test(text) ? parsed(text) : undefined;
    if (json !== undefined) {
      const erased = this.any(json, '', isCancellation);
      return erased === json ? text : JSON.stringify(erased);
    }
    return text !== ERASED && this.isPersonal(text) ? ERASED : text;
  }

  private isPersonal(text: string): boolean {
    if (this.kept.has(text)) return false;
    return this.texts.has(text) || [...this.texts].some((each) => each.length >= MIN_PART_LENGTH && !this.kept.has(each) && text.includes(each));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
