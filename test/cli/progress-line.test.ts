import { ProgressLine } from '../../cli/progress-line';

function lineOn(isTerminal: boolean) {
  const printed: string[] = [];
  const clock = { now: Date.now, sleep: async () => undefined };
  const line = new ProgressLine({ printError: (text) => { printed.push(text); }, isTerminal, clock });
  return { line, printed };
}

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

test('on a terminal, one line is overwritten at once and every second, and removed in the end', () => {
  const { line, printed } = lineOn(true);
  let seconds = 0;
  line.update(() => `${seconds}s`);
  seconds = 1;
  jest.advanceTimersByTime(1000);
  line.note('a note');
  line.end();
  jest.advanceTimersByTime(5000);

  expect(printed).toEqual(['\r\u001b[K0s', '\r\u001b[K1s', '\r\u001b[Ka note\n', '\r\u001b[K1s', '\r\u001b[K']);
});

test('without a terminal, there is a line now and then, without control characters', () => {
  const { line, printed } = lineOn(false);
  for (let second = 0; second < 70; second++) {
    line.update(() => `${second}s`);
    jest.advanceTimersByTime(1000);
  }
  line.note('a note');
  line.end();

  expect(printed).toEqual(['0s\n', '30s\n', '60s\n', 'a note\n']);
});
