const METHODS = ['debug', 'info', 'log', 'warn', 'error'] as const;

/** Keeps the handlers' logs out of the test output. jest forgets the calls before each test. */
const spies = METHODS.map((method) => jest.spyOn(console, method).mockImplementation());

/** Everything that was logged in this test, as it was written. */
export const loggedText = (): string => lines().join('\n');

/** The JSON lines that were logged in this test. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever was logged
export const loggedEntries = (): any[] => lines().filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

const lines = (): string[] => spies.flatMap(({ mock }) => mock.calls).map((parts) => parts.map(String).join(' '));
