import type { DataValidationCxt, ValidateFunction } from 'ajv/dist/types';
import { documentParts } from './document-path';
import { stepsOf } from '../../handlers/shared/json/value-at';
import { validatorFor } from '../../src/private/order-model/compile-order-model';
import { PERSONAL_DATA, type JsonSchema } from '../../src/private/order-model/json-schema';

/** A field of a document that is personal, and the schema that marks it. */
export interface PersonalField {
  readonly steps: readonly string[];
  readonly schema: JsonSchema;
}

/** What of the documents of a model is personal: what its schema marks, and further fields. */
export class PersonalFields {
  private readonly validate: ValidateFunction;
  private readonly marked = new Map<string, JsonSchema>();

  /**
   * @param further JSON Pointers, in which `*` is every key of an object or list.
   */
  constructor(schema: JsonSchema, private readonly further: readonly string[]) {
    const mark = (isPersonal: boolean, _: unknown, parent?: object, context?: DataValidationCxt): boolean => {
      if (isPersonal) this.marked.set(context!.instancePath, parent as JsonSchema);
      return true;
    };
    const ajv = validatorFor(schema, { keywords: ['errorMessage', { keyword: PERSONAL_DATA, schemaType: 'boolean', errors: false, validate: mark }] });
    this.validate = ajv.compile(schema);
  }

  /** The personal fields of a document; none of them is within another. */
  in(document: unknown): PersonalField[] {
    this.marked.clear();
    this.validate(document);
    const further = this.further.flatMap((pointer) => documentParts(document, stepsOf(pointer))).filter((path) => !this.marked.has(path));
    for (const path of further) this.marked.set(path, {});
    const paths = [...this.marked];
    return paths.filter(([path]) => !paths.some(([other]) => path.startsWith(`${other}/`))).map(([path, schema]) => ({ steps: stepsOf(path), schema }));
  }

  /** Returns whether a candidate breaks the schema at no more places than a document. */
  addsNoError(document: unknown): (candidate: unknown) => boolean {
    const before = this.errorsIn(document);
    return (candidate) => [...this.errorsIn(candidate)].every((error) => before.has(error));
  }

  /** What of the schema a document breaks. */
  private errorsIn(document: unknown): Set<string> {
    this.validate(document);
    return new Set((this.validate.errors ?? []).map(({ instancePath, keyword, params }) => `${instancePath} ${keyword} ${JSON.stringify(params)}`));
  }
}
