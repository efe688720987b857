import { Random } from './random';

/** Valid JSON that is lossy or ambiguous. */
const STRINGS = [
  '""', '"a"', '"\\""', '"\\\\"', '"\\\\\\""', '"}],{["', '"orders"', '"ü€😀"', '"\\u00e9\\n"', '"\\ud800"', '"\\ud83d\\ude00"', '"\uFEFF"', '"\uFFFD"',
  '"\\ufffd"', '"\u2028"', '"a:b::"', '"\\u003a"', '"/\\/"', '"1e400"', '"__proto__"',
];
const NUMBERS = ['0', '-0', '1', '-12.50', '1e5', '1E-7', '1e21', '123456789012345', '1e400', '-1e400', '1e-400', '0e-5', '9007199254740993', '9007199254740992',
  '0.1234567890123456789', '1000.00000000000000001', '0.1', '5e-324', '2.2250738585072014e-308', '0.000001'];
const KEYS = ['"a"', '"b"', '"a"', '"orderId"', '"orders"', '"\\u0061"', '"__proto__"', '"\\u005f_proto__"', '"1"', '"ü"', '"constructor"', '"a:"'];

const PUNCTUATION = Buffer.from(',[]{}:"');
const OTHERS = Buffer.from('\\ \n1ae-\r\0');

/** Random JSON with everything that could mislead a reader. */
export class RandomOrderFile {
  constructor(private readonly random: Random) {}

  bytes(): Buffer {
    const { random } = this;
    const text = random.pick([() => this.array(), () => this.object(), () => this.lines(), () => this.onlyOrder()])();
    const bytes = Buffer.from((random.chance(0.2) ? '\uFEFF' : '') + text);
    return random.chance(0.5) ? this.corrupted(bytes) : bytes;
  }

  private array(): string {
    return `${this.space()}${this.list(() => this.order())}${this.space()}`;
  }

  private object(): string {
    const { random } = this;
    const space = random.chance(0.5) ? () => '' : () => this.space();
    const member = () => `${random.pick(['"a"', '"meta"', '"b"'])}${space()}:${space()}${this.value(2)}`;
    const orders = () => `${random.pick(['"orders"', '"\\u006frders"'])}${space()}:${space()}${random.chance(0.95) ? this.list(() => this.order()) : this.value(1)}`;
    const some = () => Array.from({ length: random.pick([0, 0, 1, 2]) }, member);
    const members = [...some(), ...(random.chance(0.95) ? [orders()] : []), ...some(), ...(random.chance(0.03) ? [orders()] : [])];
    return `${space()}{${space()}${members.join(`${space()},${space()}`)}${space()}}${space()}`;
  }

  /** An object that spans lines. */
  private onlyOrder(): string {
    const newline = `\n${this.space()}`;
    return `${this.space()}${this.random.chance(0.5) ? this.members(newline) : this.members().replace('{', `{${newline}`)}${this.space()}`;
  }

  private lines(): string {
    const { random } = this;
    const end = random.pick(['\n', '\r\n']);
    const line = () => `${random.pick(['', '', ' '])}${this.order('')}${random.pick(['', '', '\t'])}${end}${random.chance(0.1) ? end : ''}`;
    const text = `${this.members('')}${end}${Array.from({ length: random.below(6) }, line).join('')}`;
    return random.chance(0.3) ? text.trimEnd() : text;
  }

  private order(space?: string): string {
    return this.random.chance(0.7) ? this.members(space) : this.value(3, space);
  }

  private members(space?: string): string {
    const { random } = this;
    const gap = () => space ?? this.space();
    const member = () => `${random.chance(0.7) ? `"k${random.below(50)}"` : random.pick(KEYS)}${gap()}:${gap()}${this.value(2, space)}`;
    return `{${gap()}${Array.from({ length: random.below(5) }, member).join(`${gap()},${gap()}`)}${gap()}}`;
  }

  private value(depth: number, space?: string): string {
    const { random } = this;
    const kind = random.below(depth > 0 ? 8 : 5);
    if (kind <= 1) return random.chance(0.6) ? `"text ${random.below(1000)}"` : random.pick(STRINGS);
    if (kind <= 3) return random.chance(0.6) ? String(random.below(100000)) : random.pick(NUMBERS);
    if (kind === 4) return random.pick(['true', 'false', 'null']);
    if (kind === 5) return random.chance(0.05) ? '['.repeat(33) + ']'.repeat(33) : this.list(() => this.value(depth - 1, space), space);
    return this.members(space);
  }

  private list(element: () => string, space?: string): string {
    const gap = () => space ?? this.space();
    return `[${gap()}${Array.from({ length: this.random.below(5) }, element).join(`${gap()},${gap()}`)}${gap()}]`;
  }

  private space(): string {
    return this.random.chance(0.7) ? '' : this.random.pick([' ', '\n', '\r\n', '\t', '  \n  ']);
  }

  /** Removes, inserts or replaces a byte, or truncates the file. */
  private corrupted(bytes: Buffer): Buffer {
    const { random } = this;
    // Half of the changes are at punctuation, where one byte matters most.
    const marks = [...bytes.keys()].filter((index) => PUNCTUATION.includes(bytes[index]));
    const at = marks.length > 0 && random.chance(0.5) ? random.pick(marks) + random.below(2) : random.below(bytes.length + 1);
    const byte = Buffer.from([random.pick([() => random.pick([...PUNCTUATION]), () => random.pick([...OTHERS]), () => random.below(256)])()]);
    return random.pick([
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
      () => Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at + 1)]),
      () => bytes.subarray(0, at),
    ])();
  }
}
