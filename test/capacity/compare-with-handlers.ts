/** Prints as JSON what the handlers themselves and the model do for the same orders; `model.test.ts` compares both. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { settingsOf } from './deployed-pipeline';
import { measureProfile, runHandlers } from './measure-profile';
import { orderAt } from './orders';
import { PipelineModel } from './pipeline-model';
import { ApiClients } from './workloads';
import { itemSize } from '../../handlers/aws/item-size';
import { load } from '../simulation/account';
import { bundle } from '../simulation/bundle';
import { defaultOptions, keyOf } from '../simulation/pipeline-options';

const ORDERS = 300;

async function main(): Promise<void> {
  const settings = settingsOf();
  const key = keyOf(defaultOptions());
  const loaded = load(await bundle([], []), { [key]: settings.deployment });
  const orders = Array.from({ length: ORDERS }, (_, index) => orderAt(index));
  const { account } = await runHandlers(loaded, loaded.deployments[key], orders);
  const model = new PipelineModel({ settings, profile: await measureProfile(loaded, loaded.deployments[key], orderAt), region: 'us-east-1', orders: ORDERS });
  new ApiClients(model).start({ rate: 50, seconds: ORDERS / 50 });
  model.run();
  process.stdout.write(JSON.stringify({
    handlers: {
      messages: Object.fromEntries(Object.values(account.queues).map(({ name, arrived }) => [name, arrived.length])),
      units: Object.fromEntries(Object.values(account.tables).map(({ name, writes }) =>
        [name, writes.reduce((sum, { after }) => sum + Math.ceil(itemSize(marshall(after, { removeUndefinedValues: true })) / 1024), 0)])),
      confirmed: account.bus.published.filter(({ type }) => type === 'OrderConfirmed').length,
    },
    model: {
      messages: Object.fromEntries([...model.queues.values()].map(({ name, sent }) => [name, sent])),
      units: Object.fromEntries([...model.tables.values()].map(({ name, partitions }) => [name, partitions.usage.used])),
      confirmed: model.times.publishedAt.filter((time) => !Number.isNaN(time)).length,
    },
  }));
}

void main();
