import { isExactNumber } from '../../handlers/shared/json/find-violations';

/** An element of a list in a text. */
export interface Element {
  readonly start: number;
  readonly text: string;
}

/**
 * A slow and simple reference parser. It finds what `JSON.parse`, which must accept the text first, does not report.
 */
export class ReferenceJson {
  /** Whether `JSON.parse` changed something without an error, or something is forbidden. */
  hasViolation = false;
  /** Where the document is an array, or an object with the key: the elements of the array. */
  orders?: Element[];
  /** The number of keys `orders`. */
  ordersKeys = 0;
  private at = 0;

  /** @throws SyntaxError when the text is not JSON. */
  constructor(private readonly text: string) {
    JSON.parse(text);
    this.value([]);
  }

  private value(path: string[]): void {
    this.space();
    if (path.length > 31 && '[{'.includes(this.text[this.at])) this.hasViolation = true;
    if (this.text[this.at] === '[') this.array(path);
    else if (this.text[this.at] === '{') this.object(path);
    else if (this.text[this.at] === '"') this.match(/"(?:[^"\\]|\\.)*"/y);
    else if (!isExactNumber(this.match(/[^\s,\]}]+/y).replace(/true|false|null/, '0'))) this.hasViolation = true;
    this.space();
  }

  private array(path: string[]): void {
    const isOrders = path.length === 0 || (path.length === 1 && path[0] === 'orders');
    const elements: Element[] = [];
    while (this.match(/[[,]\s*/y) && this.text[this.at] !== ']') {
      const start = this.at;
      this.value([...path, '0']);
      elements.push({ start, text: this.text.slice(start, this.at).trimEnd() });
      if (this.text[this.at] === ']') break;
    }
    this.at++;
    if (isOrders) this.orders = elements;
  }

  private object(path: string[]): void {
    const keys = new Set<string>();
    while (this.match(/[{,]\s*/y) && this.text[this.at] !== '}') {
      const key = JSON.parse(this.match(/"(?:[^"\\]|\\.)*"/y)) as string;
      if (keys.has(key) || key === '__proto__') this.hasViolation = true;
      keys.add(key);
      if (path.length === 0 && key === 'orders') this.ordersKeys++;
      this.match(/\s*:\s*/y);
      this.value([...path, key]);
      if (this.text[this.at] === '}') break;
    }
    this.at++;
  }

  private space(): void {
    this.match(/[ \t\r\n]*/y);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text)!;
    this.at += found.length;
    return found;
  }
}
