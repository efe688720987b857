// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
export type Json = any;

/** A resource as it stands in a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly Metadata?: Json;
}

/** The resources of a template by their logical ids. */
export type TemplateResources = Readonly<Record<string, TemplateResource>>;

/** A list, where CloudFormation and IAM take one or many. */
export const listOf = (value: Json): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Every logical id that a value names, however deep. Pseudo parameters such as `AWS::Region` are none. */
export function idsIn(value: Json): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(idsIn))];
  if (typeof value !== 'object' || value === null) return [];
  const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Sub': substitution, ...rest } = value;
  const named = [ref, typeof attribute === 'string' ? attribute.split('.')[0] : attribute?.[0], ...placeholdersIn(listOf(substitution)[0])];
  return [...new Set([
    ...named.filter((id) => id !== undefined && !id.startsWith('AWS::')), ...idsIn(listOf(substitution)[1]), ...idsIn(Object.values(rest)),
  ])];
}

const placeholdersIn = (text: string = ''): string[] => [...text.matchAll(/\$\{([\w:]+)(?:\.\w+)?\}/g)].map(([, id]) => id);

/** A value as text, with what is known only at deployment left out. */
export function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const { 'Fn::Join': join, 'Fn::Sub': substitution } = value;
  return join ? listOf(join[1]).map(textOf).join(join[0]) : textOf(listOf(substitution)[0]);
}

/** Whether a value is decided only at deployment. */
export const isDecidedLater = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** What a value holds at a path of keys; where the way is decided only at deployment, what decides it. */
export const inside = (value: Json, ...[key, ...keys]: string[]): Json =>
  (key === undefined || isDecidedLater(value) ? value : inside(value?.[key], ...keys));
