/**
 * The monthly bill of a pipeline, from its template, the requests and bytes that its handlers cause in the simulation, and a dated price table.
 *
 *   npm run cost -- --orders-per-month 1000000 --file-share 0.3 --history --months 12
 *   npm run cost -- --template cdk.out/Shop.template.json --json
 */
import { existsSync, readFileSync } from 'node:fs';
import { billOf, type Bill } from './bill';
import { atRestTable, countsTable, ordersTable, priceTable, restOf, storageTable } from './bill-tables';
import { readCommandLine, type CostCommand } from './command-line';
import { DURATION_MODEL } from './lambda-usage';
import { findPipeline, type TemplatePipeline } from './pipeline-template';
import { PRICES } from './prices';
import { synthesizePipeline } from './synthesize-pipeline';
import { costByService, costOf } from './usage';
import type { PipelineTemplate } from '../../simulation/template-resources';
import { formatTable } from '../table';

function pipelineOf({ template, pipeline, ...options }: CostCommand): TemplatePipeline {
  if (template === undefined) return synthesizePipeline(options);
  if (!existsSync(template)) throw new Error(`There is no template ${template}. Synthesize the app: npx cdk synth writes cdk.out/STACK.template.json.`);
  return findPipeline(parseTemplate(template), pipeline);
}

function parseTemplate(path: string): PipelineTemplate {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PipelineTemplate;
  } catch {
    throw new Error(`${path} is not a CloudFormation template in JSON.`);
  }
}

async function main(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args);
  const bill = await billOf(pipelineOf(command), command);
  process.stdout.write(command.isJson ? `${JSON.stringify(asJson(bill, command), null, 2)}\n` : asText(bill, command));
}

const totalOf = ({ orders, storage, atRest }: Bill, month: number): number => costOf(orders) + costOf(storage(month)) + restOf(atRest);

function asText(bill: Bill, { ordersPerMonth, months }: CostCommand): string {
  const tables = [ordersTable(bill, ordersPerMonth), storageTable(bill, months), atRestTable(bill), countsTable(bill), priceTable()];
  return [
    ...tables.map((table) => `${table.title}\n\n${formatTable(table)}\n`),
    `Duration of functions: ${DURATION_MODEL}\n`,
    ...(bill.notPriced.length > 0 ? [`Not priced:\n${bill.notPriced.map((each) => `- ${each}`).join('\n')}\n`] : []),
    `Total: ${totalOf(bill, 1).toFixed(2)} USD in the first month${months > 1 ? `, ${totalOf(bill, months).toFixed(2)} USD in month ${months}` : ''}.\n`,
  ].join('\n');
}

const monthsOf = ({ months }: CostCommand): number[] => Array.from({ length: months }, (_, index) => index + 1);

const asJson = (bill: Bill, command: CostCommand) => ({
  options: command,
  orders: { usage: bill.orders, usdByService: Object.fromEntries(costByService(bill.orders)), usd: costOf(bill.orders) },
  storage: monthsOf(command).map((month) => ({ month, usage: bill.storage(month), usd: costOf(bill.storage(month)) })),
  atRest: [...bill.atRest].map(([name, usage]) => ({ name, usage, usd: costOf(usage) })),
  usdInMonth: monthsOf(command).map((month) => totalOf(bill, month)),
  measured: bill.measurements.map(({ workload, usage, counts, stored }) => ({
    workload, usage, counts, stored: stored.map(({ months, ...each }) => ({ ...each, months: months === Infinity ? null : months })),
  })),
  notPriced: bill.notPriced,
  durationModel: DURATION_MODEL,
  prices: PRICES,
});

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
