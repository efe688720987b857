/** Writes how many bytes each function writes to its log for a batch of ten orders, once it is warm, to a file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { batchFor, eventFor, loadBundle, type Inputs } from '../consumers/collect-inputs';
import { CONTEXT, STAGES } from '../consumers/stages';

const ORDERS = 10;

async function main([inputsFile, result]: string[]): Promise<void> {
  const inputs = JSON.parse(readFileSync(inputsFile, 'utf8')) as Inputs;
  let bytes = 0;
  process.stdout.write = (chunk: string | Uint8Array) => {
    bytes += Buffer.byteLength(chunk);
    return true;
  };
  const measured: Record<string, number> = {};
  for (const name of [...STAGES, 'record-order-event'] as const) {
    const handler = loadBundle(name);
    const event = eventFor(name, batchFor(inputs[name].slice(0, ORDERS)));
    await handler(event, CONTEXT);
    bytes = 0;
    await handler(event, CONTEXT);
    measured[name] = bytes;
  }
  writeFileSync(result, JSON.stringify(measured));
}

void main(process.argv.slice(2));
