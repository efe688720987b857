import { assertSupported } from '../../../cli/local/start-local-aws';

const on = (platform: NodeJS.Platform, node: string) => () => assertSupported({ platform, versions: { ...process.versions, node } });

test.each([['linux', '22.0.0'], ['darwin', '24.1.0']] as const)('runs on %s with Node.js %s', (platform, node) => {
  expect(on(platform, node)).not.toThrow();
});

test('fails when the system is Windows', () => {
  expect(on('win32', '24.0.0')).toThrow('local runs on Linux and macOS; on Windows, run it in the Windows Subsystem for Linux');
});

test('fails when Node.js is too old for the functions', () => {
  expect(on('linux', '20.20.2')).toThrow('which must be 22 or newer, got 20.20.2; install a newer one');
});
