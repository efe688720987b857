import {
  CfnElement, DefaultTokenResolver, Reference, Tokenization,
  type CfnResource, type IPostProcessor, type IResolvable, type IResolveContext, type Stack,
} from 'aws-cdk-lib';
import type { Json, TemplateResource } from './template';

/** What every CDK's resources can do, although it is not said: `Stack` makes its template of it. Escape hatches show in nothing else. */
interface Synthesizable {
  _toCloudFormation(): Json;
}

/**
 * Reads resources before they are in a template. A reference names its resource by the same id from every stack, where a template would
 * have an export and an import.
 */
export class ResourceReader extends DefaultTokenResolver {
  /** The stacks of what was referred to. */
  public readonly stacks = new Set<Stack>();
  private readonly ids = new Map<CfnElement, string>();

  constructor(private readonly home: Stack) {
    super({ join: (left, right) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  /** What will stand in the template; undefined for what will not stand there, or cannot be read yet. */
  public read(resource: CfnResource): TemplateResource | undefined {
    try {
      const template = (resource as unknown as Synthesizable)._toCloudFormation();
      const { Resources: content = {} } = Tokenization.resolve(template, { scope: resource, resolver: this, preparing: false });
      return Object.values<TemplateResource>(content)[0];
    } catch {
      // Whatever is the matter with it, CDK itself will say.
      return undefined;
    }
  }

  /** The logical id, with the stack's path where it is not that of the scope. */
  public idOf(element: CfnElement): string {
    const id = this.ids.get(element) ?? this.computeId(element);
    this.ids.set(element, id);
    return id;
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): Json {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) return super.resolveToken(token, context, postProcessor);
    this.stacks.add(token.target.stack);
    const id = this.idOf(token.target);
    return token.displayName === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, token.displayName] };
  }

  private computeId(element: CfnElement): string {
    const id: string = element.stack.resolve(element.logicalId);
    return element.stack === this.home ? id : `${element.stack.node.path}.${id}`;
  }
}
