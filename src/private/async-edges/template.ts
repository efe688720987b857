// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
export type Json = any;

/** A resource as it appears in a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly Metadata?: Json;
}

/** The resources of a template by logical id. */
export type TemplateResources = Readonly<Record<string, TemplateResource>>;

/** Returns a list for a value that CloudFormation and IAM accept as one item or as a list. */
export const asList = (value: Json): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Returns every logical id that a value refers to, at any depth, without pseudo parameters such as `AWS::Region`. */
export function referencedIds(value: Json): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(referencedIds))];
  if (typeof value !== 'object' || value === null) return [];
  const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Sub': substitution, ...rest } = value;
  const ids = [ref, typeof attribute === 'string' ? attribute.split('.')[0] : attribute?.[0], ...placeholders(asList(substitution)[0])];
  return [...new Set([
    ...ids.filter((id) => id !== undefined && !id.startsWith('AWS::')), ...referencedIds(asList(substitution)[1]), ...referencedIds(Object.values(rest)),
  ])];
}

const placeholders = (text: string = ''): string[] => [...text.matchAll(/\$\{([\w:]+)(?:\.\w+)?\}/g)].map(([, id]) => id);

/** Returns a value as text, without the parts that are resolved at deployment. */
export function literalText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const { 'Fn::Join': join, 'Fn::Sub': substitution } = value;
  return join ? asList(join[1]).map(literalText).join(join[0]) : literalText(asList(substitution)[0]);
}

/** Whether a value is an intrinsic function, which CloudFormation resolves at deployment. */
export const isIntrinsicFunction = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** Returns the value at a path of keys. If there is an intrinsic function on the path, returns that function. */
export const valueAt = (value: Json, ...[key, ...keys]: string[]): Json =>
  (key === undefined || isIntrinsicFunction(value) ? value : valueAt(value?.[key], ...keys));
