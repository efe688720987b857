import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORE, deployExample } from '../support/deploy-example';
import { startLocalAws } from '../support/local-aws';
import { run } from '../support/run';

const ROOT = join(__dirname, '..', '..');
const NPM_OFFLINE = { ...process.env, npm_config_offline: 'true', npm_config_loglevel: 'error' };

/** Installs the packed library in an empty CDK app, in a folder with a space in its name. */
async function installPackage(): Promise<{ app: string; library: string }> {
  const app = join(mkdtempSync(join(tmpdir(), 'order pipeline ')), 'shop');
  const library = join(app, 'node_modules', 'cdk-order-pipeline');
  mkdirSync(library, { recursive: true });
  await run('npm', ['pack', '--pack-destination', app], { cwd: ROOT, env: NPM_OFFLINE });
  const tarball = readdirSync(app).find((file) => file.endsWith('.tgz'))!;
  await run('tar', ['-xzf', join(app, tarball), '-C', library, '--strip-components=1']);
  for (const peer of ['aws-cdk-lib', 'constructs']) symlinkSync(join(ROOT, 'node_modules', peer), join(app, 'node_modules', peer));
  return { app, library };
}

describe('the package, installed outside of the repository', () => {
  let installed: Awaited<ReturnType<typeof installPackage>>;
  beforeAll(async () => {
    installed = await installPackage();
  });
  afterAll(() => rmSync(join(installed.app, '..'), { recursive: true, force: true }));

  test('contains only the library, its assets, command, examples and documents', () => {
    expect(readdirSync(installed.library).sort()).toEqual([
      '.jsii', 'API.md', 'LICENSE', 'README.md', 'THIRD_PARTY_LICENSES', 'assets', 'bin', 'contracts', 'examples', 'lib', 'node_modules', 'package.json',
    ]);
    expect(readdirSync(join(installed.library, 'assets')).sort()).toEqual(['handlers', 'layer']);
    expect(readdirSync(join(installed.library, 'examples', 'full')).sort()).toEqual([
      'app.js', 'app.ts', 'around-the-orders.js', 'around-the-orders.ts', 'cdk.json', 'fulfillment.js', 'fulfillment.ts', 'full-orders-stack.js', 'full-orders-stack.ts',
      'monitoring-stack.js', 'monitoring-stack.ts',
    ]);
  });

  test('synthesizes the quick start of the README', async () => {
    writeFileSync(join(installed.app, 'app.js'), `
      const { App, Stack } = require('aws-cdk-lib');
      const { OrderPipeline } = require('cdk-order-pipeline');
      const app = new App();
      const stack = new Stack(app, 'Shop');
      new OrderPipeline(stack, 'Orders');
      app.synth();
    `);
    await run(process.execPath, ['app.js'], { cwd: installed.app, env: { ...process.env, CDK_OUTDIR: join(installed.app, 'cdk.out') } });
    expect(existsSync(join(installed.app, 'cdk.out', 'Shop.template.json'))).toBe(true);
  });

  test('deploys its example without changes', async () => {
    const local = await startLocalAws();
    try {
      const outputs = await deployExample(join(installed.library, 'examples', 'full'), 'FullOrders', local, CORE);
      expect(outputs.OrdersTryCommand).toMatch(/^npx cdk-order-pipeline try --stack FullOrders /);
    } finally {
      await local.stop();
    }
  });
});
