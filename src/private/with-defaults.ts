/** Applies defaults to options that are omitted or undefined. A spread would keep undefined. */
export const withDefaults = <Defaults extends object, Options extends object>(defaults: Defaults, options?: Options): Defaults & Options => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)),
}) as Defaults & Options;
