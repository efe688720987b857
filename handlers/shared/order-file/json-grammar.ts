import { QUOTE, startsValue } from './json-bytes';

/** The position within an array of orders, or within an object that contains one. */
export type JsonState =
  | 'array' | 'object' | 'firstOrder' | 'order' | 'afterOrder'
  | 'firstKey' | 'key' | 'afterKey' | 'afterOrdersKey' | 'orders' | 'value' | 'afterValue' | 'end' | 'afterOnlyOrder';

/** What a value is used for. */
export type JsonRole = 'order' | 'key' | 'value';

interface Rule {
  /** What is allowed here, for error messages. */
  readonly expected: string;
  /** The next state for each punctuation character. */
  readonly on?: Record<number, JsonState>;
  /** The value that can start here. */
  readonly begins?: JsonRole;
}

const on = (steps: Record<string, JsonState>): Record<number, JsonState> =>
  Object.fromEntries(Object.entries(steps).map(([character, state]) => [character.charCodeAt(0), state]));

/**
 * The grammar of everything outside of the orders; every byte is checked. For the end of an array, `JsonSplitter` replaces `afterValue`
 * with `end`, because only an object continues there.
 */
export const GRAMMAR: Record<JsonState, Rule> = {
  array: { expected: "'['", on: on({ '[': 'firstOrder' }) },
  firstOrder: { expected: "an order or ']'", on: on({ ']': 'afterValue' }), begins: 'order' },
  order: { expected: 'an order', begins: 'order' },
  afterOrder: { expected: "',' or ']' after an order", on: on({ ',': 'order', ']': 'afterValue' }) },
  object: { expected: "'{'", on: on({ '{': 'firstKey' }) },
  firstKey: { expected: "a key or '}'", on: on({ '}': 'end' }), begins: 'key' },
  key: { expected: 'a key', begins: 'key' },
  afterKey: { expected: "':' after a key", on: on({ ':': 'value' }) },
  afterOrdersKey: { expected: "':' after a key", on: on({ ':': 'orders' }) },
  // An object whose `orders` is not an array is an order with a field of that name.
  orders: { expected: 'a value', on: on({ '[': 'firstOrder' }), begins: 'value' },
  value: { expected: 'a value', begins: 'value' },
  afterValue: { expected: "',' or '}' after a value", on: on({ ',': 'key', '}': 'end' }) },
  end: { expected: 'the end of the file' },
  afterOnlyOrder: { expected: 'the end of the file after an order that spans lines (several such orders belong in an array)' },
};

/** The states in which a file may end. */
export const FINAL_STATES: readonly JsonState[] = ['end', 'afterOnlyOrder'];

/** Returns whether a value with this role can start with `byte`. */
export const canBegin = (role: JsonRole | undefined, byte: number): boolean => (role === 'key' ? byte === QUOTE : role !== undefined && startsValue(byte));
