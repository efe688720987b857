#!/usr/bin/env node
import { connect } from './aws';
import { run } from './run';

const print = (text: string) => void process.stdout.write(text);
const complain = (text: string) => void process.stderr.write(text);

void run(process.argv.slice(2), { connect, print, complain }).then((status) => {
  process.exitCode = status;
});
