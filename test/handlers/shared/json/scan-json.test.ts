import { scanJson } from '../../../../handlers/shared/json/scan-json';

test.each<[string, number, boolean]>([
  ['{"a":"b","c":[1,"d"],"e":{}}', 5, false],
  [' { "ü€😀" : "" } ', 2, false],
  [String.raw`{"a\"":"\\","b":"\\\"\u0022"}`, 4, true],
  ['[]', 0, false],
  ['1', 0, false],
])('%s has %i texts and keys', (text, texts, hasEscapes) => {
  expect(scanJson(Buffer.from(text))).toEqual({ texts, hasEscapes });
});
