import { REJECTION_CODE, type OrderModelDescription } from '../../../src/private/contract';
import { addErrors, type FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import { jsonPointer } from '../json/json-pointer';
import { stepsOf } from '../json/value-at';

/** Finds the fields in a patch that cannot be changed or removed, and a patch that changes nothing. */
export function changeableErrors(patch: unknown, { changeable, required }: OrderModelDescription): FieldError[] {
  if (!isObject(patch)) return [];
  if (Object.keys(patch).length === 0) return [{ path: '', code: 'EMPTY_CHANGE', message: `must change something: ${changeable.join(', ')}` }];
  const removed = Object.entries(patch).filter(([field, value]) => value === null && required.includes(field)).map(([field]) => field);
  return addErrors(
    unchangeableErrors(patch, { changeable }),
    removed.map((field) => ({ path: jsonPointer([field]), code: 'REQUIRED', message: 'is required and cannot be removed' })),
  );
}

/** Finds the fields in a patch that cannot be changed. */
export const unchangeableErrors = (patch: object, { changeable }: Pick<OrderModelDescription, 'changeable'>): FieldError[] =>
  errorsIn(patch, [], changeable.map(stepsOf));

function errorsIn(patch: object, path: readonly string[], changeable: readonly (readonly string[])[]): FieldError[] {
  return Object.entries(patch).flatMap(([key, value]): FieldError[] => {
    const below = changeable.filter(([step]) => step === key).map(([, ...rest]) => rest);
    if (below.some((rest) => rest.length === 0)) return [];
    if (below.length > 0 && isObject(value)) return errorsIn(value, [...path, key], below);
    return [{ path: jsonPointer([...path, key]), code: REJECTION_CODE.NOT_CHANGEABLE, message: 'cannot be changed; place a new order instead' }];
  });
}
