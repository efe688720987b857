import { literalText, referencedIds, type Json, type TemplateResource, type TemplateResources } from './template';

/** A resource of a template with its logical id. */
export interface IndexedResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
}

/** Resources that stand for a function: its ARN with a qualifier. */
const QUALIFIED_FUNCTIONS = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** Finds the resources of a template by type and by reference. Resources outside the template, such as imported ones, are not found. */
export class TemplateIndex {
  private readonly byType = new Map<string, IndexedResource[]>();
  private readonly byId = new Map<string, IndexedResource>();

  constructor(private readonly resources: TemplateResources) {
    for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(resources)) {
      const resource = { id, type, properties };
      this.byId.set(id, resource);
      const others = this.byType.get(type);
      if (others) others.push(resource);
      else this.byType.set(type, [resource]);
    }
  }

  public resourcesOfType(...types: string[]): IndexedResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** Finds the resource that a value refers to; undefined if it is outside the template or depends on the deployment. */
  public find(value: Json): IndexedResource | undefined {
    const ids = referencedIds(value);
    return ids.length === 1 ? this.byId.get(ids[0]) : undefined;
  }

  /** Finds the queue that a value refers to. */
  public findQueue(value: Json): IndexedResource | undefined {
    const resource = this.find(value);
    return resource?.type === 'AWS::SQS::Queue' ? resource : undefined;
  }

  /** Finds the function that a value refers to, directly or through an alias or a version. */
  public findFunction(value: Json): IndexedResource | undefined {
    const resource = this.find(value);
    if (resource && QUALIFIED_FUNCTIONS.includes(resource.type)) return this.findFunction(resource.properties.FunctionName);
    return resource?.type === 'AWS::Lambda::Function' ? resource : undefined;
  }

  /** Whether a value refers to a resource, or can refer to it because the value is not known before deployment. */
  public canBe(value: Json, resource: IndexedResource): boolean {
    return [resource, undefined].includes(this.find(value));
  }

  /** The construct path of the resource that a value refers to, or its logical id without the hash; outside the template, the end of the ARN. */
  public displayName(value: Json): string {
    const resource = this.find(value);
    if (resource) return displayName(resource.id, this.resources[resource.id]);
    return literalText(value).replace(/^arn:.*:/, '') || referencedIds(value)[0] || '(outside)';
  }
}

function displayName(id: string, { Metadata }: TemplateResource): string {
  const path: string | undefined = Metadata?.['aws:cdk:path'];
  return path?.replace(/\/Resource$/, '') ?? id.replace(/[0-9A-F]{8}$/, '');
}
