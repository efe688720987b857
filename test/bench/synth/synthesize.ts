/** Synthesizes an app in a process of its own: of pipelines or of plain stacks, as many as are given. Writes its CPU time and its resources to a file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { PlainStack, type ResourceCounts } from './plain-stack';
import { OrderPipeline } from '../../../src';

export type Kind = 'pipelines' | 'plain';

export interface Synthesis {
  readonly milliseconds: number;
  readonly counts: ResourceCounts;
}

const stackOf: Readonly<Record<Kind, (app: App, id: string, counts: ResourceCounts) => void>> = {
  pipelines: (app, id) => void new OrderPipeline(new Stack(app, id), 'Orders'),
  plain: (app, id, counts) => void new PlainStack(app, id, counts),
};

function synthesize(kind: Kind, stacks: number, counts: ResourceCounts): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  const started = process.cpuUsage();
  const app = new App({ outdir });
  for (let index = 0; index < stacks; index++) stackOf[kind](app, `Stack${index}`, counts);
  const assembly = app.synth();
  const { user, system } = process.cpuUsage(started);
  const milliseconds = (user + system) / 1000;
  const { Resources } = JSON.parse(readFileSync(assembly.getStackByName('Stack0').templateFullPath, 'utf8')) as { readonly Resources: Record<string, { readonly Type: string }> };
  rmSync(outdir, { recursive: true });
  const types = Object.values(Resources).map(({ Type }) => Type).sort();
  return { milliseconds, counts: Object.fromEntries([...Map.groupBy(types, (type) => type)].map(([type, { length }]) => [type, length])) };
}

const [kind, stacks, result, counts] = process.argv.slice(2);
writeFileSync(result, JSON.stringify(synthesize(kind as Kind, Number(stacks), JSON.parse(counts) as ResourceCounts)));
