import { findListedWords } from '../../scripts/lint-words';

test.each([
  ['a letter in a comment', '// The letter goes back.', 'letter'],
  ['nobody in prose', 'an event that nobody consumes', 'nobody'],
  ['a listed word at the start of a sentence', 'Nobody consumes it.', 'Nobody'],
  ['a listed word inside an identifier', 'const toLetter = () => undefined;', 'Letter'],
  ['a listed word inside a constant', 'const MOST_LETTERS = 5;', 'LETTERS'],
  ['a negation of German', 'A wrong order is no failure.', 'is no'],
  ['two words that are one identifier', 'letSend(handler, queue);', 'let Send'],
])('finds %s', (_, text, word) => {
  expect(findListedWords(`one line\n${text}`)).toEqual([expect.objectContaining({ line: 2, word })]);
});

test.each([
  ['a dead-letter queue', 'createDeadLetterQueue(scope, "dead-letter queue")'],
  ['letters of the alphabet', '1 to 32 lower-case letters, digits and hyphens'],
  ['other negations', 'There is no order, and it is no longer stored.'],
  ['words that contain a listed word', 'a recommended storyteller'],
])('allows %s', (_, text) => {
  expect(findListedWords(text)).toEqual([]);
});
