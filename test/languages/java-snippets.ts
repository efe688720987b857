import { fixtureVariables, type GuideSnippet } from './snippets';
import { javaPackageOf } from '../../scripts/snippets/jsii-types';

/** The import of a type of CDK that is in a package of its own; types of the library and of the root of CDK are imported together. */
const importOf = (type: string): string[] => {
  const name = javaPackageOf(type);
  return name ? [`import ${name}.${type};`] : [];
};

/** A class with a method for each snippet, which compiles if all of them do. */
export function javaSnippets(snippets: readonly GuideSnippet[]): string {
  const fields = fixtureVariables().map(({ name, type }) => `    private ${type === 'string' ? 'String' : type} ${name};`);
  const methods = snippets.map(({ document, source }, index) => `    // ${document}\n    void snippet${index}() {\n${source}    }`);
  const body = [...fields, '', ...methods].join('\n');
  const types = new Set([...body.replace(/"[^"]*"/g, '').matchAll(/(?<![.\w])[A-Z]\w+/g)].map(([type]) => type));
  return [
    'package com.example;', '', 'import io.github.cdkorderpipeline.*;', 'import java.util.*;', 'import software.amazon.awscdk.*;', 'import software.constructs.Construct;',
    ...[...types].flatMap(importOf).sort(), '', 'class Snippets extends Stack {',
    '    Snippets(Construct scope, String id) {', '        super(scope, id);', '    }', '', body, '}', '',
  ].join('\n');
}
