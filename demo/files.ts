import type { DemoFile } from './file-scenario';
import type { Observer } from './observe';
import { DeployedFiles, type FileView } from '../test/support/deployed-files';
import { eventually } from '../test/support/eventually';
import { mapAtMost } from '../test/support/map-at-most';
import type { OrdersApi } from '../test/support/orders-api';

/** Orders that came in files, by what became of them. */
export interface FileOrderCounts {
  readonly orders: number;
  readonly confirmed: number;
  /** The same order as one that is stored, which changed nothing. */
  readonly repeated: number;
  /** Reported, and not sent. */
  readonly invalid: number;
  readonly rejected: number;
  readonly deadLettered: number;
  /** In the report as valid, and nobody knows what became of it: an order lost. */
  readonly unaccounted: number;
}

/** A file and what became of each of its orders. */
export interface SettledFile extends FileOrderCounts {
  readonly file: DemoFile;
  readonly view: FileView;
}

/** Drops files and follows them. */
export class FileFollower {
  private readonly known = new Set<string>();

  constructor(private readonly files: DeployedFiles, private readonly api: OrdersApi, private readonly observer: Observer) {}

  /** Drops files under `incoming/`, and waits until each has come to its end and nothing is on its way. */
  public async follow(wave: readonly DemoFile[], say: (line: string) => void): Promise<SettledFile[]> {
    await Promise.all(wave.map(({ name, content }) => this.files.upload(name, content)));
    const views = await eventually('all files to settle', async () => {
      const ended = await this.newlyEnded();
      await this.observer.look();
      say(`${ended.length} of ${wave.length} files at their end, ${this.observer.inFlight} messages on their way`);
      return ended.length === wave.length && this.observer.inFlight === 0 ? ended : undefined;
    }, 120);
    await this.observer.look();
    views.forEach(({ fileId }) => this.known.add(fileId));
    return Promise.all(wave.map((file) => this.settle(file, views.find(({ key }) => key === `incoming/${file.name}`))));
  }

  private async newlyEnded(): Promise<FileView[]> {
    const lists = await Promise.all(['COMPLETED', 'REJECTED'].map((state) => this.files.list(state)));
    return lists.flat().filter(({ fileId }) => !this.known.has(fileId));
  }

  /** Accounts for every line of the report by what can be seen from outside: the bus, the API, the dead-letter queues. */
  private async settle(file: DemoFile, view: FileView): Promise<SettledFile> {
    const report = await this.files.report(view);
    const messageIdsOf = (outcome: string) => report.filter((line) => line.outcome === outcome).map(({ orderId }) => orderId!);
    const published = (type: string) => new Set(this.observer.eventsOf(type, view.fileId).map(({ detail }) => detail.metadata.orderId));
    const [confirmed, rejected] = [published('OrderConfirmed'), published('OrderRejected')];
    const valid = view.state === 'REJECTED' ? [] : messageIdsOf('VALID');
    const withoutEvent = valid.filter((orderId) => !confirmed.has(orderId) && !rejected.has(orderId));
    const dead = withoutEvent.filter((orderId) => this.observer.isDeadLettered(orderId));
    const stored = await mapAtMost(20, withoutEvent, async (orderId) => (await this.api.get(orderId)).body.status === 'CONFIRMED');
    const repeated = stored.filter(Boolean).length;
    return {
      file,
      view,
      orders: report.length,
      confirmed: confirmed.size,
      repeated: repeated + messageIdsOf('REPEATED').length,
      invalid: messageIdsOf('INVALID').length,
      rejected: rejected.size,
      deadLettered: dead.length,
      unaccounted: withoutEvent.length - repeated - dead.length,
    };
  }
}

/** Files that ended otherwise than the scenario says. */
export const fileSurprises = (settled: readonly SettledFile[]): SettledFile[] => settled.filter((
  { file: { expected }, view, confirmed, repeated, invalid },
) =>
  view.state !== expected.state || confirmed !== expected.confirmed || repeated !== expected.repeated || invalid !== expected.invalid);
