import { fixtureVariables, type GuideSnippet } from './snippets';
import { goPackageOf } from '../../scripts/snippets/jsii-types';

const IMPORTS: Readonly<Record<string, string>> = {
  awscdk: 'github.com/aws/aws-cdk-go/awscdk/v2',
  cdkorderpipeline: 'github.com/cdk-order-pipeline/cdk-order-pipeline-go/cdkorderpipeline',
  jsii: 'github.com/aws/jsii-runtime-go',
};

const importOf = (name: string): string => `\t"${IMPORTS[name] ?? `${IMPORTS.awscdk}/${name}`}"`;

/** Go refuses variables that are not used. */
const useVariables = (source: string): string => [...source.matchAll(/^(\w+) := /gm)].map(([, name]) => `_ = ${name}\n`).join('');

/** A package with a function for each snippet, which compiles if all of them do. */
export function goSnippets(snippets: readonly GuideSnippet[]): string {
  const variables = fixtureVariables().map(({ name, type }) => `var ${name} ${type === 'string' ? '*string' : `${goPackageOf(type)}.${type}`}`);
  const functions = snippets.map(({ document, source }, index) => `// ${document}\nfunc snippet${index}() {\n${source}${useVariables(source)}}`);
  const body = [...variables, '', ...functions].join('\n');
  const packages = new Set([...body.replace(/"[^"]*"/g, '').matchAll(/\b(aws\w+|jsii|cdkorderpipeline)\.[A-Z]/g)].map(([, name]) => name));
  return ['package snippets', '', 'import (', ...[...packages].map(importOf).sort(), ')', '', body, ''].join('\n');
}
