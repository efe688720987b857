import { EventEmitter } from 'node:events';
import { catchInterruption } from '../../cli/catch-interruption';

class FakeProcess extends EventEmitter {
  readonly exit = jest.fn() as unknown as NodeJS.Process['exit'] & jest.Mock;
}

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

test.each(['SIGINT', 'SIGTERM'])('%s aborts the signal, and does not end the process', (name) => {
  const fake = new FakeProcess();
  const signal = catchInterruption(fake as never);
  expect(signal.aborted).toBe(false);
  fake.emit(name);

  expect([signal.aborted, fake.exit.mock.calls]).toEqual([true, []]);
});

test('the same Ctrl-C that arrives twice, from the terminal and from npx, is one interruption', () => {
  const fake = new FakeProcess();
  catchInterruption(fake as never);
  fake.emit('SIGINT');
  jest.advanceTimersByTime(50);
  fake.emit('SIGINT');

  expect(fake.exit).not.toHaveBeenCalled();
});

test('a second interruption ends the process', () => {
  const fake = new FakeProcess();
  catchInterruption(fake as never);
  fake.emit('SIGINT');
  jest.advanceTimersByTime(1001);
  fake.emit('SIGINT');

  expect(fake.exit).toHaveBeenCalledWith(130);
});
