/** The response of a function, as the SDK returns it. */
export const payloadOf = (value: unknown, FunctionError?: string) => {
  const text = JSON.stringify(value);
  return { FunctionError, Payload: Object.assign(Buffer.from(text), { transformToString: () => text }) };
};
