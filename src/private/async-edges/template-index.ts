import { idsIn, textOf, type Json, type TemplateResource, type TemplateResources } from './template';

/** A resource with its logical id. */
export interface Place {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
}

/** What a function may be called by besides its own ARN. */
const FUNCTION_NAMES = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** Finds resources by what other resources say of them. What a template does not hold itself is outside: of that nothing is known. */
export class TemplateIndex {
  private readonly byType = new Map<string, Place[]>();
  private readonly byId = new Map<string, Place>();

  constructor(private readonly resources: TemplateResources) {
    for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(resources)) {
      const place = { id, type, properties };
      this.byId.set(id, place);
      this.byType.set(type, [...this.byType.get(type) ?? [], place]);
    }
  }

  public ofType(...types: string[]): Place[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The one resource that a value names; undefined for what is outside, or not known before deployment. */
  public at(value: Json): Place | undefined {
    const ids = idsIn(value);
    return ids.length === 1 ? this.byId.get(ids[0]) : undefined;
  }

  /** The same, where it has to be a queue. */
  public queueAt(value: Json): Place | undefined {
    const place = this.at(value);
    return place?.type === 'AWS::SQS::Queue' ? place : undefined;
  }

  /** The same, where it has to be a function, also by one of its aliases or versions. */
  public functionAt(value: Json): Place | undefined {
    const place = this.at(value);
    if (place && FUNCTION_NAMES.includes(place.type)) return this.functionAt(place.properties.FunctionName);
    return place?.type === 'AWS::Lambda::Function' ? place : undefined;
  }

  /** What people call it: its construct's path or id; for what is outside, what is known of it. */
  public nameOf(value: Json): string {
    const place = this.at(value);
    return place ? nameOf(place.id, this.resources[place.id]) : textOf(value).replace(/^arn:.*:/, '') || idsIn(value)[0] || '(outside)';
  }
}

function nameOf(id: string, { Metadata }: TemplateResource): string {
  const path: string | undefined = Metadata?.['aws:cdk:path'];
  return path?.replace(/\/Resource$/, '') ?? id.replace(/[0-9A-F]{8}$/, '');
}
