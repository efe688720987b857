/** Compares the API with that of the last release. Fails when a change breaks an app, unless the version allows it; does nothing before the first release. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const NAME = 'cdk-order-pipeline';

/** The newest release; undefined before the first one. */
function lastRelease(): string | undefined {
  const { status, stdout, stderr } = spawnSync('npm', ['view', NAME, 'version', '--json'], { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout);
  if (/E404/.test(stdout + stderr)) return undefined;
  throw new Error(`npm could not tell the last release:\n${stderr}`);
}

/** The version that is being released, as "projen bump" wrote it; undefined for a commit that is not. */
const nextVersion = (): string | undefined => existsSync('dist/version.txt') ? readFileSync('dist/version.txt', 'utf8').trim() : undefined;

/** The part of a version that changes when an app may break: see docs/versioning.md. */
const line = (of: string): string => {
  const [major, minor] = of.split('.');
  return major === '0' ? `0.${minor}` : major;
};

const last = lastRelease();
if (last === undefined) {
  console.log(`${NAME} has no release yet: there is nothing to compare with`);
} else {
  const { status } = spawnSync('npx', ['jsii-diff', `npm:${NAME}@${last}`, '--keys', '--ignore-file', '.compatignore'], { stdio: 'inherit' });
  const next = nextVersion();
  const mayBreak = next !== undefined && line(next) !== line(last);
  if (status !== 0 && !mayBreak) throw new Error(`the API breaks apps that use ${last}: keep it, or call the change "feat!: …"`);
}
