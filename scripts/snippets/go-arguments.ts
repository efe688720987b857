import { methodsNamed, parameterCount, typeNamed } from './jsii-types';
import { decapitalize } from './source-parts';

const CALL = /\b(?:(?<create>\w+\.New(?<type>\w+))|(?:\w+\.(?<owner>[A-Z]\w*)_(?<static>[A-Z]\w*))|(?:(?<!\bjsii)\.(?<method>[A-Z]\w*)))\(/g;

/** Go has no optional parameters: appends `nil` for those that a call leaves out. */
export function withMissingArguments(source: string): string {
  const calls = [...source.matchAll(CALL)].reverse();
  return calls.reduce((text, call) => complete(text, call), source);
}

function complete(source: string, call: RegExpExecArray): string {
  const expected = parametersOf(call.groups!);
  if (expected === undefined) return source;
  const begin = call.index + call[0].length;
  const { count, end } = argumentsFrom(source, begin);
  const missing = Array<string>(Math.max(expected - count, 0)).fill('nil').join(', ');
  return missing ? `${source.slice(0, end)}${count > 0 ? ', ' : ''}${missing}${source.slice(end)}` : source;
}

function parametersOf({ type, owner, static: member, method }: Record<string, string | undefined>): number | undefined {
  if (type) return parameterCount(typeNamed(type)?.initializer);
  if (owner && member) return parameterCount(typeNamed(owner)?.methods?.find(({ name }) => name === decapitalize(member)));
  const counts = new Set(methodsNamed(decapitalize(method!)).map(parameterCount));
  return counts.size === 1 ? [...counts][0] : undefined;
}

/** Counts the arguments of a call, and finds the parenthesis that ends it. */
function argumentsFrom(source: string, begin: number): { count: number; end: number } {
  let [depth, separators, index, hasArgument] = [0, 0, begin, false];
  for (; depth > 0 || source[index] !== ')'; index++) {
    const character = source[index];
    if (character === '"') index = source.indexOf('"', index + 1);
    if ('({['.includes(character)) depth++;
    if (')}]'.includes(character)) depth--;
    if (character === ',' && depth === 0) separators++;
    hasArgument ||= !/\s/.test(character);
  }
  return { count: hasArgument ? separators + 1 : 0, end: index };
}
