import type { Deployed } from './deployed';
import { FILE_WAVES } from './file-scenario';
import { FileFollower, type SettledFile } from './files';
import { follow } from './follow';
import { LifeFollower, type SettledAsk } from './life';
import { LIFE_WAVES } from './life-scenario';
import { sendAll, type Settled } from './requests';
import { WAVES } from './scenario';
import type { Stopwatch } from './stopwatch';

/** First chapter: orders one at a time. */
export async function sendRequests({ api, observer }: Deployed, stopwatch: Stopwatch): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (const [index, wave] of WAVES.entries()) {
    const number = index + 1;
    const answered = await stopwatch.step(`send${number}`, `sending ${wave.length} requests`, () => sendAll(api, wave, 'demo', settled.length + 1));
    settled.push(...await stopwatch.step(`settle${number}`, 'following them until table and bus have settled', () =>
      follow(observer, answered, (each) => observer.settle(each))));
  }
  return settled;
}

/** Second chapter: what is asked of orders that were placed, or will be. */
export async function changeOrders({ api, bus, observer }: Deployed, stopwatch: Stopwatch): Promise<SettledAsk[]> {
  const follower = new LifeFollower(api, bus, observer);
  let settled: SettledAsk[] = [];
  for (const [index, wave] of LIFE_WAVES.entries()) {
    const asked = await stopwatch.step(`ask${index + 1}`, `changing, cancelling and fulfilling: ${wave.length} requests`, () => follower.send(wave, settled.length + 1));
    // What waited in an earlier wave may have come to something else by now.
    settled = await stopwatch.step(`settleAsk${index + 1}`, 'following them until table and bus have settled', () =>
      follow(observer, [...settled, ...asked], (each) => follower.settle(each)));
  }
  return settled;
}

/** Third chapter: orders in files. */
export async function dropFiles({ api, files, observer }: Deployed, stopwatch: Stopwatch): Promise<SettledFile[]> {
  const follower = new FileFollower(files, api, observer);
  const settled: SettledFile[] = [];
  for (const [index, wave] of FILE_WAVES.entries()) {
    const what = `dropping ${wave.map(({ name }) => name).join(', ')}, and following every order`;
    settled.push(...await stopwatch.step(`files${index + 1}`, what, () => follower.follow(wave, (line) => process.stdout.write(`  ${line}\n`))));
  }
  return settled;
}
