// @ts-expect-error -- the package has no types
import validate from 'asl-validator';

/** Returns the errors of a definition in Amazon States Language, which the local AWS does not check. */
export const aslErrors = (definition: object): readonly object[] =>
  (validate as (asl: object) => { readonly errors: readonly object[] })(definition).errors;
