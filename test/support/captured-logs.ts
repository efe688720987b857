const METHODS = ['debug', 'info', 'log', 'warn', 'error'] as const;

/** Keeps the handlers' logs out of the test output. Jest resets the calls before each test. */
const spies = METHODS.map((method) => jest.spyOn(console, method).mockImplementation());

/** Returns the complete log of this test. */
export const loggedText = (): string => lines().join('\n');

/** Returns the JSON lines of this test's log, parsed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any log entry
export const loggedEntries = (): any[] => lines().filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

const lines = (): string[] => spies.flatMap(({ mock }) => mock.calls).map((parts) => parts.map(String).join(' '));
