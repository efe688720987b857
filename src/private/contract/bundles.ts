/** The name of the bundle of the command line: in the package, its archive has it. */
export const COMMAND_LINE = 'command-line.js';
