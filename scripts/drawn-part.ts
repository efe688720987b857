/**
 * Replaces a generated part of a document, which stands between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws Error when the document lacks these marks.
 */
export function withDrawnPart(document: string, name: string, part: string): string {
  const marks = [`<!-- ${name} -->`, `<!-- /${name} -->`] as const;
  const [begin, end] = marks.map((mark) => document.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`the document must have ${marks.join(' and ')}`);
  return `${document.slice(0, begin + marks[0].length)}\n${part}\n${document.slice(end)}`;
}
