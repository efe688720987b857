/**
 * A document with one of its drawn parts as it should be.
 *
 * @throws Error when the document has no place for it.
 */
export function withDrawnPart(document: string, name: string, part: string): string {
  const marks = [`<!-- ${name} -->`, `<!-- /${name} -->`] as const;
  const [begin, end] = marks.map((mark) => document.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`the document must have ${marks.join(' and ')}`);
  return `${document.slice(0, begin + marks[0].length)}\n${part}\n${document.slice(end)}`;
}
