import { resolveFile, type FileResult } from './outcomes';
import { FILE_ROUNDS, type DemoFile } from './scenario';
import { eventually } from '../../cli/local/system/eventually';
import type { FileView } from '../../test/support/deployed-files';
import type { DeployedExample } from '../deployed-example';
import type { StepTimer } from '../step-timer';

/** Enough for a machine under heavy load; an idle one needs less than 30 seconds. */
const TIMEOUT_SECONDS = 300;

/** Third part of the demo: uploads order files. */
export async function processFiles(example: DeployedExample, timer: StepTimer): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const [index, round] of FILE_ROUNDS.entries()) {
    const description = `uploading ${round.map(({ name }) => name).join(', ')}, and waiting for the outcome of every order`;
    const earlier = new Set(results.map(({ view }) => view.fileId));
    results.push(...await timer.step(`files${index + 1}`, description, () => processRound(example, round, earlier)));
  }
  return results;
}

async function processRound(example: DeployedExample, round: readonly DemoFile[], earlier: ReadonlySet<string>): Promise<FileResult[]> {
  await Promise.all(round.map(({ name, content }) => example.files.upload(name, content)));
  const views = await awaitFiles(example, round.length, earlier);
  await example.state.refresh();
  return Promise.all(round.map((file) => resolveFile(example, file, views.find(({ key }) => key === `incoming/${file.name}`))));
}

/** Waits until `count` new files are processed and no message is in flight. */
function awaitFiles({ files, state }: DeployedExample, count: number, earlier: ReadonlySet<string>): Promise<FileView[]> {
  let reported = '';
  return eventually('the end of all files', async () => {
    const lists = await Promise.all(['COMPLETED', 'REJECTED'].map((fileState) => files.list(fileState)));
    const processed = lists.flat().filter(({ fileId }) => !earlier.has(fileId));
    await state.refresh();
    const progress = `${processed.length} of ${count} files processed, about ${Math.ceil(state.inFlight / 100) * 100} messages in flight`;
    if (progress !== reported) process.stdout.write(`  ${progress}\n`);
    reported = progress;
    return processed.length === count && state.inFlight === 0 ? processed : undefined;
  }, TIMEOUT_SECONDS);
}
