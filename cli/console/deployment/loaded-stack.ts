import type { Json, TemplateResources } from '../../../src/private/async-edges/template';
import type { StackResource } from '../../stack-resources';

/** Where a stack is. */
export interface StackLocation {
  /** The name of the outermost stack. */
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** A template, as it was deployed. */
export interface DeployedTemplate {
  readonly Resources?: TemplateResources;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A deployed stack: its template, and the physical IDs of its resources. */
export class LoadedStack {
  readonly resources: TemplateResources;
  private readonly physicalIds: ReadonlyMap<string, string>;

  /**
   * @param parameters the parameters of a nested stack, resolved.
   */
  constructor(
    readonly location: StackLocation, resources: readonly StackResource[], { Resources = {} }: DeployedTemplate,
    private readonly parameters: Readonly<Record<string, string | undefined>> = {},
  ) {
    this.resources = Resources;
    this.physicalIds = new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  }

  physicalId(logicalId: string): string | undefined {
    return this.physicalIds.get(logicalId);
  }

  /** The environment of a function. Values that cannot be resolved, such as attributes of other resources, are absent. */
  environment(functionId: string): Readonly<Record<string, string>> {
    const variables: Json = this.resources[functionId]?.Properties?.Environment?.Variables ?? {};
    const resolved = Object.entries(variables).map(([name, value]) => [name, this.resolve(value)] as const);
    return Object.fromEntries(resolved.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /** The text that a value of the template has after deployment. Undefined if it depends on more than names. */
  resolve(value: Json): string | undefined {
    if (typeof value !== 'object' || value === null) return value === undefined || value === null ? undefined : String(value);
    const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Select': select, 'Fn::Split': split } = value;
    if (ref !== undefined) return this.resolveRef(ref);
    if (attribute !== undefined) return this.resolveAttribute(typeof attribute === 'string' ? attribute.split('.') : attribute);
    if (join !== undefined) return this.resolveJoin(join);
    if (select !== undefined && Array.isArray(select[1])) return this.resolve(select[1][Number(select[0])]);
    if (select !== undefined && select[1]?.['Fn::Split']) return this.resolveSplit(select[1]['Fn::Split'], Number(select[0]));
    return split === undefined ? undefined : this.resolveSplit(split, 0);
  }

  private resolveJoin([separator, values]: [string, Json[]]): string | undefined {
    const texts = values.map((each) => this.resolve(each));
    return texts.includes(undefined) ? undefined : texts.join(separator);
  }

  private resolveSplit([separator, text]: [string, Json], index: number): string | undefined {
    return this.resolve(text)?.split(separator)[index];
  }

  private resolveRef(name: string): string | undefined {
    const { region, account, partition, name: stackName } = this.location;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::Region': region, 'AWS::AccountId': account, 'AWS::Partition': partition, 'AWS::StackName': stackName, 'AWS::URLSuffix': 'amazonaws.com',
    };
    return pseudo[name] ?? this.parameters[name] ?? this.physicalIds.get(name);
  }

  private resolveAttribute([id, name]: [string, string]): string | undefined {
    const physicalId = this.physicalIds.get(id);
    if (physicalId === undefined) return undefined;
    const { region, account, partition } = this.location;
    const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
    const type = this.resources[id]?.Type;
    if (name === 'QueueUrl' || name === 'TopicArn') return physicalId;
    if (name === 'QueueName' || name === 'TopicName') return physicalId.split(/[/:]/).at(-1);
    if (name !== 'Arn') return undefined;
    if (type === 'AWS::SQS::Queue') return arn('sqs', physicalId.split('/').at(-1)!);
    if (type === 'AWS::Lambda::Function') return arn('lambda', `function:${physicalId}`);
    if (type === 'AWS::S3::Bucket') return `arn:${partition}:s3:::${physicalId}`;
    if (type === 'AWS::Events::EventBus') return arn('events', `event-bus/${physicalId}`);
    return type === 'AWS::DynamoDB::GlobalTable' ? arn('dynamodb', `table/${physicalId}`) : undefined;
  }
}
