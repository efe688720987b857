import type { Context } from 'aws-lambda';
import type { ValidationHook } from '#shared';

/** Takes the place of `validation-hook.ts` in the bundle of pipelines without a hook, which then has no Lambda client. */
export const validationHook = () => (_: Context): ValidationHook | undefined => undefined;
