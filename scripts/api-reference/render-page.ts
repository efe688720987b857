import type { ApiPage } from './api-pages';
import { allProperties, type ApiType, type Method, type Parameter, type Property, type TypeReference } from './api-types';

/** Writes Markdown about types, with links between pages. */
export class PageRenderer {
  private readonly pageOf: ReadonlyMap<string, string>;

  constructor(pages: readonly ApiPage[], private readonly types: ReadonlyMap<string, ApiType>) {
    this.pageOf = new Map(pages.flatMap(({ type, others }) => [type, ...others].map((each) => [each.fqn, type.name])));
  }

  /** The page of a class. */
  render({ type, others }: ApiPage): string {
    return [`# ${type.name}`, '', '[API reference](README.md)', '', ...this.body(type), ...others.flatMap((each) => [`## ${each.name}`, '', ...this.body(each)])].join('\n').trimEnd() + '\n';
  }

  private body(type: ApiType): string[] {
    const { summary = '', remarks } = type.docs ?? {};
    return [summary, '', ...(remarks ? [remarks.trim(), ''] : []), ...this.constructorOf(type), ...this.membersOf(type), ...this.methodsOf(type), ...this.propertiesOf(type)];
  }

  private constructorOf({ name, kind, initializer }: ApiType): string[] {
    return kind === 'class' && initializer ? ['```text', `new ${name}(${signature(initializer.parameters)})`, '```', ''] : [];
  }

  private membersOf({ members = [] }: ApiType): string[] {
    return members.length === 0 ? [] : ['| value | |', '|---|---|', ...members.map(({ name, docs }) => `| \`${name}\` | ${cell(docs?.summary, docs?.remarks)} |`), ''];
  }

  private propertiesOf(type: ApiType): string[] {
    const properties = allProperties(type, this.types);
    if (properties.length === 0) return [];
    const header = type.kind === 'class' ? ['| property | type | |', '|---|---|---|'] : ['| prop | type | default | |', '|---|---|---|---|'];
    return [...header, ...properties.map((property) => this.propertyRow(property, type.kind === 'class')), ''];
  }

  private propertyRow({ name, type, optional, docs, static: isStatic }: Property, isOfClass: boolean): string {
    const fallback = optional ? docs?.default?.replace(/^- /, '') ?? '' : '**required**';
    return `| \`${name}\`${isStatic ? ' (static)' : ''} | ${this.typeName(type)}${isOfClass && optional ? ', or undefined' : ''} |${isOfClass ? '' : ` ${cell(fallback)} |`} ${cell(docs?.summary, docs?.remarks)} |`;
  }

  private methodsOf({ name, methods = [] }: ApiType): string[] {
    return methods.length === 0 ? [] : ['| method | returns | |', '|---|---|---|', ...methods.map((method) => this.methodRow(method, name)), ''];
  }

  private methodRow({ name, parameters, returns, docs, static: isStatic }: Method, owner: string): string {
    const call = `${isStatic ? `${owner}.` : ''}${name}(${signature(parameters)})`;
    return `| \`${call}\` | ${returns ? this.typeName(returns.type) : ''} | ${cell(docs?.summary, docs?.remarks)} |`;
  }

  private typeName({ primitive, fqn, collection }: TypeReference): string {
    if (collection) return collection.kind === 'array' ? `list of ${this.typeName(collection.elementtype)}` : `map of ${this.typeName(collection.elementtype)}`;
    if (!fqn) return primitive ?? '';
    const [name, page] = [fqn.split('.').at(-1)!, this.pageOf.get(fqn)];
    return page ? `[${name}](${page}.md${name === page ? '' : `#${name.toLowerCase()}`})` : `\`${fqn.replace(/^aws-cdk-lib\./, '')}\``;
  }
}

const signature = (parameters: readonly Parameter[] = []): string =>
  parameters.map(({ name, optional, variadic }) => `${variadic ? '...' : ''}${name}${optional ? '?' : ''}`).join(', ');

/** Text for the cell of a table. */
const cell = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).map((text) => text.trim().replace(/\n+/g, ' ').replace(/(?<!\\)\|/g, '\\|')).join(' ');
