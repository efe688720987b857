#!/usr/bin/env node
import { connect } from './aws';
import { run } from './run';

const print = (text: string) => void process.stdout.write(text);
const printError = (text: string) => void process.stderr.write(text);

void run(process.argv.slice(2), { connect, print, printError }).then((status) => {
  process.exitCode = status;
});
