import { stopKept } from './kept-local-aws';

stopKept().then(
  (wasRunning) => process.stdout.write(wasRunning ? 'The local AWS was stopped.\n' : 'No local AWS was running.\n'),
  (error) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);
