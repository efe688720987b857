import * as fc from 'fast-check';
import { parseStrictJson } from '../../../../handlers/shared/json/strict-json';

const codesOf = (text: string): [path: string, code: string][] => (parseStrictJson(text).errors ?? []).map(({ path, code }) => [path, code]);

describe('unambiguous JSON', () => {
  test('is parsed like JSON.parse', () => {
    const value = fc.jsonValue({ maxDepth: 8 }).filter((json) => !/__proto__/.test(JSON.stringify(json)));
    fc.assert(fc.property(value, fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
      const text = JSON.stringify(json, null, indent);
      expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
    }));
  });

  test.each([
    ['a key that comes again in another object', '[{"a":1},{"a":1}]'],
    ['a key that comes again further in', '{"a":{"a":1}}'],
    ['text that looks like punctuation', '{"a":"{[,\\"a\\":","b":"]}"}'],
    ['text that looks like a number that does not fit', '{"a":"1e400"}'],
    ['text with the value __proto__', '{"a":"__proto__"}'],
    ['an escaped U+FFFD', '{"a":"\\ufffd"}'],
    ['a literal U+FFFD, as a key and as a value', '{"\uFFFD":"\uFFFD"}'],
    ['32 levels', '['.repeat(32) + ']'.repeat(32)],
    ['a number with zeros behind it', '1.50'],
  ])('may be %s', (_, text) => {
    expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
  });

  test('may be long text of nothing but escapes', () => {
    const text = JSON.stringify('"'.repeat(100_000));

    expect(parseStrictJson(text)).toEqual({ value: '"'.repeat(100_000) });
  });
});

describe('text that is not JSON', () => {
  test('fails whenever JSON.parse fails', () => {
    const almostJson = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '{', ']', ',', '"', '\\', '1', 'x')).map(([text, at, wrong]) => {
      const position = at % text.length;
      return text.slice(0, position) + wrong + text.slice(position + 1);
    });
    fc.assert(fc.property(fc.oneof(fc.string(), almostJson), (text) => {
      expect(codesOf(text).some(([, code]) => code === 'INVALID_JSON')).toBe(!isJson(text));
    }));
  });

  test('fails with the position of the syntax error, without quoting the text', () => {
    const [error] = parseStrictJson('{"canary":1,}').errors!;

    expect(error).toMatchObject({ path: '', code: 'INVALID_JSON', message: expect.stringMatching(/^the body is not JSON: error at position 12/) });
    expect(error.message).not.toContain('canary');
  });

  test.each(['', ' ', '\uFEFF{}', 'undefined', '{} {}', "{'a':1}", '01', 'NaN'])('fails when it is %j', (text) => {
    expect(codesOf(text)).toEqual([['', 'INVALID_JSON']]);
  });
});

describe('JSON that is ambiguous or loses information', () => {
  test.each([
    ['a key comes twice', '{"a":1,"a":1}', [['/a', 'DUPLICATE_KEY']]],
    ['a key comes twice under two spellings', '{"a":1,"\\u0061":1}', [['/a', 'DUPLICATE_KEY']]],
    ['a key comes three times', '{"a":1,"a":1,"a":1}', [['/a', 'DUPLICATE_KEY'], ['/a', 'DUPLICATE_KEY']]],
    ['a key is __proto__', '[{},{"__proto__":{}}]', [['/1/__proto__', 'FORBIDDEN_KEY']]],
    ['a key spells __proto__ with escapes', '{"\\u005f_proto__":1}', [['/__proto__', 'FORBIDDEN_KEY']]],
    ['a number is beyond every number', '{"a":[0,{"b":1e400}]}', [['/a/1/b', 'INEXACT_NUMBER']]],
    ['a number is 2^53 + 1', '9007199254740993', [['', 'INEXACT_NUMBER']]],
    ['a number has more digits than can be kept', '[-0.1234567890123456789]', [['/0', 'INEXACT_NUMBER']]],
    ['a key comes twice beside U+FFFD', '{"a":"\uFFFD","a":1}', [['/a', 'DUPLICATE_KEY']]],
    ['a key with a slash and a tilde holds what is wrong', '{"a/b~c":1e400}', [['/a~1b~0c', 'INEXACT_NUMBER']]],
    ['several things are wrong', '{"a":1e400,"a":1,"b":[{"__proto__":1}]}',
      [['/a', 'INEXACT_NUMBER'], ['/a', 'DUPLICATE_KEY'], ['/b/0/__proto__', 'FORBIDDEN_KEY']]],
  ])('fails when %s', (_, text, errors) => {
    expect(codesOf(text)).toEqual(errors);
  });

  test.each([['arrays', '[', ']'], ['objects', '{"a":', '}']])('fails when %s nest 33 levels deep', (_, open, close) => {
    const [[, code], ...others] = codesOf(`${open.repeat(33)}${open === '[' ? '' : '0'}${close.repeat(33)}`);

    expect([code, others]).toEqual(['TOO_DEEP', []]);
  });

  test('fails when it nests 100 000 levels deep, without running out of stack', () => {
    expect(codesOf('['.repeat(100_000) + ']'.repeat(100_000))).toEqual([['/0'.repeat(32), 'TOO_DEEP']]);
  });

  test('fails with a bounded list of errors when there are thousands', () => {
    const text = `[${new Array(20_000).fill('1e400').join(',')}]`;

    expect(codesOf(text).length).toBeLessThan(1000);
  });
});

describe('with a scope', () => {
  const inScope = (text: string) => (parseStrictJson(text, 'event', ['detail', 'data']).errors ?? []).map(({ path, code }) => [path, code]);

  test('finds errors at any place within it, with paths that begin there', () => {
    expect(inScope('{"detail":{"data":{"a":1e400,"b":[1,{"c":1,"c":1}],"__proto__":1}}}'))
      .toEqual([['/a', 'INEXACT_NUMBER'], ['/b/1/c', 'DUPLICATE_KEY'], ['/__proto__', 'FORBIDDEN_KEY']]);
  });

  test('ignores errors beside it', () => {
    expect(inScope('{"a":1e400,"detail":{"metadata":{"a":1,"a":1},"data":{},"data ":1e400,"database":{"a":1,"a":1}},"data":1e400}')).toEqual([]);
  });

  test.each(['"detail":{"data":{}},"detail":{"data":{}}', '"detail":{"data":1,"data":2}'])('fails when the value is ambiguous: {%s}', (text) => {
    expect(inScope(`{${text}}`)).toEqual([['', 'DUPLICATE_KEY']]);
  });

  test.each([
    ['U+FFFD', '"\uFFFD"'],
    ['more errors than are listed', `[${'1e400,'.repeat(1000)}0]`],
    ['too many levels', `${'['.repeat(1000)}${']'.repeat(1000)}`],
  ])('finds its errors behind %s', (_, before) => {
    expect(inScope(`{"detail":{"metadata":{"a":${before}},"data":{"a":1,"a":1}}}`)).toEqual([['/a', 'DUPLICATE_KEY']]);
  });

  test('allows as many levels as without one', () => {
    const nested = (levels: number) => `{"detail":{"data":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    expect(inScope(nested(32))).toEqual([]);
    expect(inScope(nested(33))).toEqual([['/0'.repeat(32), 'TOO_DEEP']]);
  });

  test('is fast for hostile text beside it', () => {
    const started = performance.now();
    expect(inScope(`{"detail":{"metadata":${'['.repeat(100_000)}${'1e400,'.repeat(100_000)}0${']'.repeat(100_000)},"data":{}}}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
