import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installPythonTool } from './python-tool';

/** A row of the table of events: the day of arrival and the line. */
export type EventRow = readonly [day: string, event: string];

/**
 * Runs a query of Athena with another engine: sqlglot parses the dialect of Athena and translates it to that of DuckDB.
 *
 * @throws Error when the query is not valid in the dialect of Athena, or fails.
 */
export async function athenaQuery(sql: string, rows: readonly EventRow[]): Promise<Record<string, unknown>[]> {
  const python = await installPythonTool('athena', 'python');
  return JSON.parse(await runWithInput(python, [join(__dirname, 'athena-query.py')], JSON.stringify({ sql, rows })));
}

const runWithInput = (command: string, args: readonly string[], input: string): Promise<string> => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  child.on('error', reject).on('close', (status) => (status === 0 ? resolve(output) : reject(new Error(errors))));
  child.stdin.end(input);
});
