import { patternErrors } from '../../../../src/private/order-model/pattern-errors';

const PATH = ['properties', 'a/b', 'pattern'];

test.each([
  '^[A-Z]{3}$', '^[0-9]{4}(-[0-9]{2})?$', '^\\d{4}(-\\d{2}){2}$', '^[A-Z]{2}(-[A-Z0-9]{1,3})?$', '^[^\\s@]+@[^\\s@]+$', '\\S', '^(?:a|b)+$', '^\\p{Lu}\\p{L}*$', '^(?<year>\\d{4})-\\k<year>$',
  '^\\u{1F600}+$', '^(?!x)[a-z]+$', '^a+?b$', '^[)?*{2}]+$', '^\\)+\\?$', '^(ab)?$', '^$', '^[\\]]+$', '^(?:(?:ab){2})?$',
])('%s is allowed', (pattern) => {
  expect(patternErrors(pattern, PATH)).toEqual([]);
});

test.each(['(a+)+', '^(a*)*$', '^([a-z]+)*x', '^(\\d+){2,}$', '^((ab)*c?)*$', '(x+x+)+y', '(?:a+?)+', '([)]+)+', '(\\(a+\\))*', '^(a?b?)*$'])('%s can take exponential time', (pattern) => {
  expect(patternErrors(pattern, PATH)).toEqual([
    '/properties/a~1b/pattern: the pattern can take exponential time; do not repeat what contains a repetition, such as (a+)+',
  ]);
});

test.each([['(', 'Unterminated group'], ['[a', 'Unterminated character class'], ['a{2', 'Incomplete quantifier'], ['\\-', 'Invalid escape']])('%s is not a pattern', (pattern, message) => {
  expect(patternErrors(pattern, PATH)).toEqual([expect.stringMatching(new RegExp(`^/properties/a~1b/pattern: .*${message}`))]);
});

test('what is not text is not a pattern', () => {
  expect(patternErrors(7, PATH)).toEqual(['/properties/a~1b/pattern: must be text']);
});
