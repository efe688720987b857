/** Converts `process-order` to a construct id: `ProcessOrder`. */
export const constructIdOf = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
