/**
 * Returns a document with one of its generated sections replaced.
 *
 * @throws Error if the document does not have the section's markers
 */
export function withGeneratedSection(document: string, name: string, content: string): string {
  const markers = [`<!-- ${name} -->`, `<!-- /${name} -->`] as const;
  const [begin, end] = markers.map((marker) => document.indexOf(marker));
  if (begin < 0 || end < begin) throw new Error(`The document has no section "${name}". Add ${markers.join(' and ')} to it.`);
  return `${document.slice(0, begin + markers[0].length)}\n${content}\n${document.slice(end)}`;
}
