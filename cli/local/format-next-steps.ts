import type { LocalStack } from './local-stacks';
import { OUTPUT, TRY_COMMAND } from '../../src/private/contract';

/** What can be done with the deployed pipelines. */
export function formatNextSteps(stacks: readonly LocalStack[], endpoint: string | undefined): string {
  const local = `npx cdk-order-pipeline local${endpoint === undefined ? '' : ` --endpoint ${endpoint}`}`;
  const outputs = stacks.flatMap((stack) => Object.entries(stack.outputs));
  const tries = outputs.filter(([key]) => key.endsWith(OUTPUT.TRY_COMMAND)).map(([, value]) => value);
  const commands = tries.flatMap((command) => [command, `${command.replace(TRY_COMMAND, 'npx cdk-order-pipeline console')} --allow-changes --show-contents`]);
  return [
    '',
    `The local AWS keeps running.${commands.length > 0 ? ' Place an order, and open the console:' : ''}`,
    ...commands.map((command) => `  ${local} -- ${command}`),
    ...(endpoint === undefined ? ['Stop it, which deletes everything in it:', `  ${local} --stop`] : []),
    '',
  ].join('\n');
}
