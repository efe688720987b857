import { withTranslations } from '../../../scripts/snippets/with-translations';

const translations = new Map([['const a = 1;', { python: 'a = 1', java: 'Number a = 1;', csharp: 'var a = 1;', go: 'a := 1' }]]);
const guide = 'Text.\n\n```ts\nconst a = 1;\n```\n\nMore text.\n';

test('a snippet is followed by a collapsed section with the other languages', () => {
  expect(withTranslations(guide, translations)).toBe([
    'Text.', '', '```ts', 'const a = 1;', '```', '', '<!-- languages -->', '<details>', '<summary>Python, Java, C#, Go</summary>', '',
    '```python', 'a = 1', '```', '', '```java', 'Number a = 1;', '```', '', '```csharp', 'var a = 1;', '```', '', '```go', 'a := 1', '```', '',
    '</details>', '<!-- /languages -->', '', 'More text.', '',
  ].join('\n'));
});

test('a second run changes nothing', () => {
  const once = withTranslations(guide, translations);
  expect(withTranslations(once, translations)).toBe(once);
});

test('a section whose snippet is gone is removed', () => {
  const once = withTranslations(guide, translations);
  expect(withTranslations(once.replace('```ts\nconst a = 1;\n```\n\n', ''), translations)).toBe('Text.\n\nMore text.\n');
});

test('other code is left as it is', () => {
  const other = '```js\nconst a = 1;\n```\n';
  expect(withTranslations(other, translations)).toBe(other);
});

test('fails when a snippet has no translation', () => {
  expect(() => withTranslations('```ts\nconst b = 2;\n```\n', translations)).toThrow(new Error('The snippet has no translation:\nconst b = 2;\n'));
});
