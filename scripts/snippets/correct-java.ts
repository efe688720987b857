import { capitalize, changeCode, withoutRepeatedComments } from './source-parts';

const getter = (property: string): string => `get${capitalize(property)}()`;

/** Corrects what jsii-rosetta gets wrong in Java: it repeats comments, and reads properties without their getters when a method follows. */
export const correctJava = (source: string): string => changeCode(
  withoutRepeatedComments(source),
  (code) => code.replace(/\b([a-z]\w*)((?:\.[a-z]\w*)+)\.(?=[a-z]\w*\()/g, (access, root: string, properties: string) => {
    const isPackage = /^(import|software|io|java)$/.test(root);
    return isPackage ? access : `${root}.${properties.slice(1).split('.').map(getter).join('.')}.`;
  }),
);
