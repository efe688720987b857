import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { javaSnippets } from './java-snippets';
import { ROOT, workFolder, type LanguageApp } from './language-app';
import { snippetsIn } from './snippets';
import { CURRENT_CDK } from './versions';
import { run } from '../support/run';

const HOME = workFolder('java');
const PACKAGE = join('src', 'main', 'java', 'com', 'example');
const LIBRARY = 'io.github.cdk-order-pipeline:cdk-order-pipeline';

const maven = (...args: string[]): Promise<string> =>
  run('mvn', ['--batch-mode', '--quiet', `-Dpackaged=${join(ROOT, 'dist', 'java')}`, `-Dcdk=${CURRENT_CDK}`, ...args], { cwd: HOME });

const className = (app: string): string => `${app[0].toUpperCase()}${app.slice(1)}`;

export const javaApp: LanguageApp = {
  language: 'java',
  tools: [['java', '-version'], ['mvn', '--version']],

  async install() {
    rmSync(HOME, { recursive: true, force: true });
    cpSync(join(ROOT, 'test', 'languages', 'java'), HOME, { recursive: true });
    const snippets = snippetsIn('java');
    writeFileSync(join(HOME, PACKAGE, 'Snippets.java'), javaSnippets(snippets));
    // Maven keeps what it downloaded of a version, but every package of the repository has the same one.
    await maven('dependency:purge-local-repository', `-DmanualInclude=${LIBRARY}`, '-DactTransitively=false', '-DreResolve=false');
    await maven('compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt');
    const [, cdkVersion] = /aws-cdk-lib-([\d.]+)\.jar/.exec(readFileSync(join(HOME, 'classpath.txt'), 'utf8'))!;
    return { cdkVersion, snippets: `${snippets.length} snippets compiled` };
  },

  synthesize(app, env) {
    const classpath = [join(HOME, 'target', 'classes'), readFileSync(join(HOME, 'classpath.txt'), 'utf8').trim()].join(delimiter);
    return run('java', ['-cp', classpath, `com.example.${className(app)}`], { env });
  },
};
