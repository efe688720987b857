/** Whether an ID from another system can be stored and forwarded: 1 to 128 printable ASCII characters without spaces. */
export const isPrintableId = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7E]{1,128}$/.test(value);

/** Whether an ID from a client can be forwarded and logged. The characters exclude names and email addresses. */
export const isCorrelationId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(value);
