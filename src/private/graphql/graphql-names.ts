/** Whether a text is a GraphQL name that a schema may define. */
export const isGraphqlName = (text: string): boolean => /^(?!__)[_A-Za-z]\w*$/.test(text);

/** Words that no enum value may be. */
const RESERVED_VALUES = ['true', 'false', 'null'];

/** Whether a text can be a value of an enum. */
export const isEnumValue = (text: unknown): text is string => typeof text === 'string' && isGraphqlName(text) && !RESERVED_VALUES.includes(text);

/** A text in PascalCase, as a part of the name of a type. */
export const pascalCase = (text: string): string =>
  text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '').map((word) => word[0].toUpperCase() + word.slice(1)).join('') || 'Field';

/** Gives each type a name of its own. */
export class TypeNames {
  private readonly taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.taken = new Set(taken);
  }

  /** Returns the name, with a number if it or the name of its input type is taken. */
  claim(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name) || this.taken.has(inputName(name)); number++) name = `${wanted}${number}`;
    this.taken.add(name).add(inputName(name));
    return name;
  }
}

/** The name of the input type of a type. */
export const inputName = (type: string): string => `${type}Input`;

/** Returns a name that is none of those in use. */
export const freeName = (wanted: string, used: readonly string[]): string => (used.includes(wanted) ? freeName(`${wanted}_`, used) : wanted);
