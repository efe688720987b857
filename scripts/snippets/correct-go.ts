import { withMissingArguments } from './go-arguments';
import { goPackageOf } from './jsii-types';
import { capitalize, changeCode, decapitalize, withoutRepeatedComments } from './source-parts';

const isPackage = (name: string): boolean => /^(aws\w+|jsii|cdkorderpipeline)$/.test(name);

/**
 * Corrects what jsii-rosetta gets wrong in Go: pointers, names of methods, properties, which are methods in Go, packages, and arguments that Go does not
 * have a default for.
 */
export function correctGo(source: string): string {
  const corrected = [withoutStrayPointers, withExportedNames, withGetters, withStructFields, withPackages, withListPointers]
    .reduce((code, correct) => correct(code), withoutRepeatedComments(source));
  return withMissingArguments(changeCode(corrected, (code) => code.replace(/\bthis\b/g, 'stack').replaceAll('jsii.Boolean(', 'jsii.Bool(')));
}

/** Interfaces and enums are not pointers; a variable of the same name as its field is not capitalized. */
const withoutStrayPointers = (source: string): string => changeCode(source, (code) => code.replace(/([_.])\*/g, '$1').replace(/\*(?=[a-z]\w*\.[A-Z])/g, ''))
  .replace(/^(\s*)([A-Z]\w*): \*?\2,$/gm, (_, indent: string, name: string) => `${indent}${name}: ${decapitalize(name)},`);

const withExportedNames = (source: string): string => changeCode(source, (code) => code
  .replace(/\b([a-z]\w*\.[A-Z]\w*_)([a-z])/g, (_, type: string, initial: string) => `${type}${initial.toUpperCase()}`)
  .replace(/(?<=[\w)])\.([a-z]\w*)/g, (_, name: string) => `.${capitalize(name)}`));

const withGetters = (source: string): string => changeCode(source, (code) => code
  .replace(/\b([a-z]\w*)((?:\.[A-Z]\w*)+)(?![\w({])/g, (access, root: string, members: string, offset: number) => {
    if (isPackage(root)) return access;
    const isCall = code[offset + access.length] === '(';
    return `${root}${members.slice(1).split('.').map((name, index, all) => `.${name}${isCall && index === all.length - 1 ? '' : '()'}`).join('')}`;
  })
  .replace(/\b([a-z]\w*)((?:\.[A-Z]\w*)+)(?=\.[A-Z]\w*\()/g, (access, root: string, members: string) =>
    (isPackage(root) ? access : `${root}${members.replace(/(\.\w+)/g, '$1()')}`)));

/** A struct has fields, where jsii-rosetta sometimes writes keys of a map. */
function withStructFields(source: string): string {
  const openers: string[] = [];
  return source.split('\n').map((line) => {
    if (/^\s*[})]/.test(line)) openers.pop();
    const field = openers.at(-1)?.startsWith('&') ? line.replace(/^(\s*)"(\w+)": /, (_, indent: string, name: string) => `${indent}${capitalize(name)}: `) : line;
    const [, opener] = /((?:&|map\[string\]|\[\]\*?)?[\w.]*)[{(]$/.exec(field) ?? [];
    if (opener !== undefined) openers.push(opener);
    return field;
  }).join('\n');
}

const withPackages = (source: string): string => changeCode(source, (code) => code
  .replace(/(&|\[\]|map\[string\])([A-Z]\w*)(?=\{)/g, (_, opener: string, name: string) => `${opener}${goPackageOf(name)}.${name}`)
  .replace(/\bawscdk\.(New)?([A-Z]\w*?)(?=[({]|_[A-Z])/g, (_, create: string | undefined, name: string) => `${goPackageOf(name)}.${create ?? ''}${name}`));

/** Lists and maps are pointers, and lists of structs have pointers to these. */
const withListPointers = (source: string): string => source
  .replace(/\{\n\s*\}/g, '{}')
  .replace(/(?<!&)(\[\]|map\[string\])(?=[\w.*]+\{)/g, '&$1')
  .replace(/&\[\](\w+\.\w+)\{(\s*)&\1\{/g, '&[]*$1{$2&$1{');
