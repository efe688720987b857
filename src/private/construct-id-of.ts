import type { HandlerName } from './contract';

/** `process-order` as a construct id: `ProcessOrder`. */
export const constructIdOf = (handler: HandlerName): string => handler.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
