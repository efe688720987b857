import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The requirements of MiniStack in the folder with its files. */
export const requirementsIn = (folder: string): string => join(folder, 'ministack-requirements.txt');

/** The Docker image of the version that is required. */
export const imageIn = (folder: string): string =>
  `ministackorg/ministack:${/ministack==(\S+)/.exec(readFileSync(requirementsIn(folder), 'utf8'))![1]}`;

/** The program that starts MiniStack. */
export const starterIn = (folder: string): string => join(folder, 'start-ministack.py');
