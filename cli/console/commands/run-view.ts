import { formatDeadLetters, formatEvents, formatFile, formatFiles, formatOrder, formatOrders, formatStatus } from './format-views';
import type { ViewCommandLine } from './view-command-line';
import type { CommandContext } from '../../command-context';
import { EXIT_STATUS } from '../../exit-status';
import type { ConsoleData } from '../console-data';
import { openConsole } from '../open-console';

/** Prints what the console shows. Returns the exit status. */
export async function runView(commandLine: ViewCommandLine, context: CommandContext): Promise<number> {
  const data = await openConsole({ ...commandLine, once: true }, context);
  try {
    const { answer, text } = await read(commandLine, data);
    context.print(commandLine.json ? `${JSON.stringify(answer, undefined, 2)}\n` : text);
    return EXIT_STATUS.SUCCESS;
  } finally {
    await data.close();
  }
}

interface Answer { readonly answer: object; readonly text: string }

const answered = <Value extends object>(answer: Value, format: (value: Value) => string): Answer => ({ answer, text: format(answer) });

async function read({ command, search }: ViewCommandLine, data: ConsoleData): Promise<Answer> {
  const { orderId, fileId, tenant } = search;
  switch (command) {
    case 'status': return answered(await data.status(), formatStatus);
    case 'orders': return orderId === undefined ? answered(await data.orders(search), formatOrders) : answered(await data.order({ orderId, tenant }), formatOrder);
    case 'files': return fileId === undefined ? answered(await data.files(search), formatFiles) : answered(await data.file(fileId), formatFile);
    case 'dead-letters': return answered(await data.deadLetters(), formatDeadLetters);
    case 'events': return answered(await data.events(search), formatEvents);
  }
}
