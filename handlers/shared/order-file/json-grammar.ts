/** What may come next in an array of orders, or in an object that holds one. */
export type JsonState =
  | 'array' | 'object' | 'firstOrder' | 'order' | 'afterOrder'
  | 'firstKey' | 'key' | 'afterKey' | 'afterOrdersKey' | 'orders' | 'value' | 'afterValue' | 'end';

/** What a value is captured for. */
export type JsonRole = 'order' | 'key' | 'value';

interface Rule {
  /** In words. */
  readonly expected: string;
  /** Where punctuation leads. */
  readonly on?: Record<number, JsonState>;
  /** What begins here when it is no punctuation. */
  readonly begins?: JsonRole;
}

const on = (steps: Record<string, JsonState>): Record<number, JsonState> =>
  Object.fromEntries(Object.entries(steps).map(([character, state]) => [character.charCodeAt(0), state]));

/**
 * The grammar: the outside of every order, of which not one byte is left unchecked. That an array is complete where an
 * object goes on after a value is the one thing that it leaves to `JsonSplitter`.
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
  orders: { expected: "'[': the key \"orders\" must hold an array", on: on({ '[': 'firstOrder' }) },
  value: { expected: 'a value', begins: 'value' },
  afterValue: { expected: "',' or '}' after a value", on: on({ ',': 'key', '}': 'end' }) },
  end: { expected: 'nothing more, the document is complete' },
};
