import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goSnippets } from './go-snippets';
import { ROOT, workFolder, type LanguageApp } from './language-app';
import { snippetsIn } from './snippets';
import { CURRENT_CDK } from './versions';
import { run } from '../../cli/local/system/run-program';

const HOME = workFolder('go');
const MODULE = 'github.com/cdk-order-pipeline/cdk-order-pipeline-go/cdkorderpipeline';

const go = (...args: string[]): Promise<string> => run('go', args, { cwd: HOME });

export const goApp: LanguageApp = {
  language: 'go',
  tools: [['go', 'version']],

  async install() {
    rmSync(HOME, { recursive: true, force: true });
    cpSync(join(ROOT, 'test', 'languages', 'go'), HOME, { recursive: true });
    const snippets = snippetsIn('go');
    mkdirSync(join(HOME, 'snippets'));
    writeFileSync(join(HOME, 'snippets', 'snippets.go'), goSnippets(snippets));
    await go('mod', 'edit', `-require=${MODULE}@v0.0.0`, `-replace=${MODULE}=${join(ROOT, 'dist', 'go', 'cdkorderpipeline')}`, `-require=github.com/aws/aws-cdk-go/awscdk/v2@v${CURRENT_CDK}`);
    await go('mod', 'tidy');
    await go('build', '-o', 'bin/', './shop', './configured');
    await go('build', './snippets');
    return { cdkVersion: CURRENT_CDK, snippets: `${snippets.length} snippets compiled` };
  },

  synthesize: (app, env) => run(join(HOME, 'bin', app), [], { env }),
};
