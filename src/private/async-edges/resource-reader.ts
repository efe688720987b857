import {
  CfnElement, DefaultTokenResolver, Reference, Tokenization,
  type CfnResource, type IPostProcessor, type IResolvable, type IResolveContext, type Stack,
} from 'aws-cdk-lib';
import type { Json, TemplateResource } from './template';

/** The method from which `Stack` makes its template. It is not in CDK's public types, but only its result includes the escape hatches. */
interface Synthesizable {
  _toCloudFormation(): Json;
}

/** A resource that was read. */
export interface ReadResource {
  /** The resource as it will appear in the template; undefined if it will not appear there or cannot be resolved. */
  readonly content?: TemplateResource;
  /** The elements that the resource refers to, of any stack. */
  readonly references: ReadonlySet<CfnElement>;
}

/**
 * Reads resources before their template exists. References across stacks keep the id of the resource, where a template has an export and an import.
 */
export class ResourceReader extends DefaultTokenResolver {
  private readonly resources = new Map<CfnResource, ReadResource>();
  private references = new Set<CfnElement>();
  private readonly ids = new Map<CfnElement, string>();

  constructor(private readonly home: Stack) {
    super({ join: (left, right) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  /** Reads a resource, at its first call. */
  public read(resource: CfnResource): ReadResource {
    const known = this.resources.get(resource);
    if (known) return known;
    this.references = new Set();
    const read = { content: this.resolve(resource), references: this.references };
    this.resources.set(resource, read);
    return read;
  }

  /** Returns the logical id of an element, prefixed with the path of its stack if that is not the stack of the scope. */
  public idOf(element: CfnElement): string {
    const id = this.ids.get(element) ?? this.computeId(element);
    this.ids.set(element, id);
    return id;
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): Json {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) return super.resolveToken(token, context, postProcessor);
    this.references.add(token.target);
    const id = this.idOf(token.target);
    return token.displayName === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, token.displayName] };
  }

  private resolve(resource: CfnResource): TemplateResource | undefined {
    try {
      const template = (resource as unknown as Synthesizable)._toCloudFormation();
      const { Resources: content = {} } = Tokenization.resolve(template, { scope: resource, resolver: this, preparing: false });
      return Object.values<TemplateResource>(content)[0];
    } catch {
      // CDK itself reports a resource that cannot be resolved.
      return undefined;
    }
  }

  private computeId(element: CfnElement): string {
    const id: string = element.stack.resolve(element.logicalId);
    return element.stack === this.home ? id : `${element.stack.node.path}.${id}`;
  }
}
