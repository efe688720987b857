/** A language of jsii other than TypeScript. */
export interface Language {
  /** As jsii-rosetta and fences in Markdown call it. */
  readonly id: 'python' | 'java' | 'csharp' | 'go';
  readonly name: string;
}

/** In the sequence in which documents show them. */
export const LANGUAGES: readonly Language[] = [
  { id: 'python', name: 'Python' },
  { id: 'java', name: 'Java' },
  { id: 'csharp', name: 'C#' },
  { id: 'go', name: 'Go' },
];

/** A snippet in each language. */
export type Translations = Readonly<Record<Language['id'], string>>;
