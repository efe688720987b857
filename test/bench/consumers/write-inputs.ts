/** Writes what each stage is invoked with, for a hundred orders, to a file. */
import { writeFileSync } from 'node:fs';
import { collectInputs } from './collect-inputs';

const ORDERS = 100;

void collectInputs(ORDERS).then((inputs) => {
  writeFileSync(process.argv[2], JSON.stringify(inputs));
  process.exit();
});
