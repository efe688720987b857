import { basename } from 'node:path';

/** A resource as a template has it. */
export interface TemplateResource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
  readonly Properties?: any;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string; readonly 'aws:asset:path'?: string };
}

/** A CloudFormation template, synthesized with the paths of constructs and assets in its metadata. */
export interface PipelineTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

const REGION = 'eu-central-1';
const ACCOUNT = '111122223333';
const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Region': REGION, 'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Test/1`,
};

/** The resources of a template with their names and the values of references to them. */
export class TemplateResources {
  constructor(private readonly template: PipelineTemplate) {}

  /** The properties of all resources of a type, by name. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
  ofType(type: string): [name: string, properties: any][] {
    return Object.entries(this.template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [this.nameOf(id), Properties ?? {}]);
  }

  /** The name of the resource to which a Ref or Fn::GetAtt refers, if it is of a type. */
  referenced(type: string, value: unknown): string | undefined {
    const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] };
    const id = Ref ?? attribute?.[0];
    return id !== undefined && this.template.Resources[id]?.Type === type ? this.nameOf(id) : undefined;
  }

  /** A value with its references replaced by what they refer to. */
  resolve(value: unknown): string {
    if (typeof value !== 'object' || value === null) return String(value);
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
    if (Ref) return PSEUDO_PARAMETERS[Ref] ?? this.referenceOf(Ref);
    if (attribute) return attribute[1].endsWith('Arn') ? this.arnOf(attribute[0]) : this.nameOf(attribute[0]);
    if (join) return join[1].map((part) => this.resolve(part)).join(join[0]);
    throw new Error(`This value is not simulated: ${JSON.stringify(value)}`);
  }

  /** `ref` returns the URL of a queue, the ARN of a topic and the name of anything else. */
  private referenceOf(id: string): string {
    switch (this.template.Resources[id].Type) {
      case 'AWS::SQS::Queue': return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${this.nameOf(id)}`;
      case 'AWS::SNS::Topic': return this.arnOf(id);
      default: return this.nameOf(id);
    }
  }

  private arnOf(id: string): string {
    const service = this.template.Resources[id].Type.split('::')[1].toLowerCase();
    return `arn:aws:${service}:${REGION}:${ACCOUNT}:${this.nameOf(id)}`;
  }

  /** A function is named by its handler. The name of others is their path below the pipeline's part, such as `OrdersQueue`. */
  private nameOf(id: string): string {
    const { Type, Metadata: { 'aws:cdk:path': path, 'aws:asset:path': asset } = {} } = this.template.Resources[id];
    if (Type === 'AWS::Lambda::Function' && asset !== undefined) return basename(asset);
    if (path === undefined) throw new Error(`${id} has no path in its metadata.`);
    return path.split('/').slice(3, -1).join('');
  }
}

/**
 * Fails for a property that the simulation does not simulate, so that no setting is ignored.
 *
 * @throws Error with the property and the name of the resource.
 */
export function assertSimulated(name: string, properties: object, simulated: readonly string[]): void {
  for (const property of Object.keys(properties)) {
    if (!simulated.includes(property)) throw new Error(`${property} of ${name} is not simulated.`);
  }
}
