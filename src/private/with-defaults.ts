/** Options with defaults for what is left out, or given as undefined: a spread would let undefined win. */
export const withDefaults = <Defaults extends object, Options extends object>(defaults: Defaults, options?: Options): Defaults & Options => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)),
}) as Defaults & Options;
