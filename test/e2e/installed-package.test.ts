import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run } from '../../cli/local/system/run-program';
import { LEFT_OUT_TYPES } from '../../src/private/local/left-out-resources';
import { CACHE_DIR, installMiniStack } from '../support/install-ministack';

const ROOT = join(__dirname, '..', '..');
const NPM_OFFLINE = { ...process.env, npm_config_offline: 'true', npm_config_loglevel: 'error' };

/** Installs the packed library in an empty CDK app, in a folder with a space in its name. */
async function installPackage(): Promise<{ app: string; library: string; packedSize: number }> {
  const app = join(mkdtempSync(join(tmpdir(), 'order pipeline ')), 'shop');
  const library = join(app, 'node_modules', 'cdk-order-pipeline');
  mkdirSync(library, { recursive: true });
  await run('npm', ['pack', '--pack-destination', app], { cwd: ROOT, env: NPM_OFFLINE });
  const tarball = readdirSync(app).find((file) => file.endsWith('.tgz'))!;
  await run('tar', ['-xzf', join(app, tarball), '-C', library, '--strip-components=1']);
  for (const each of ['aws-cdk-lib', 'constructs', 'aws-cdk']) symlinkSync(join(ROOT, 'node_modules', each), join(app, 'node_modules', each));
  return { app, library, packedSize: statSync(join(app, tarball)).size };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe('the package, installed outside of the repository', () => {
  let installed: Awaited<ReturnType<typeof installPackage>>;
  beforeAll(async () => {
    installed = await installPackage();
  });
  afterAll(() => rmSync(join(installed.app, '..'), { recursive: true, force: true }));

  test('contains only the library, its assets, command, examples and documents', () => {
    expect(readdirSync(installed.library).sort()).toEqual([
      '.jsii', '.jsii.gz', 'LICENSE', 'README.md', 'THIRD_PARTY_LICENSES', 'assets', 'bin', 'contracts', 'examples', 'lib', 'package.json', 'sbom.cdx.json',
    ]);
    expect(readdirSync(join(installed.library, 'assets')).sort()).toEqual(['bundles.br', 'layer']);
    expect(readdirSync(join(installed.library, 'examples', 'full')).sort()).toEqual([
      'app.js', 'app.ts', 'around-the-orders.js', 'around-the-orders.ts', 'cdk.json', 'fulfillment.js', 'fulfillment.ts', 'full-orders-stack.js', 'full-orders-stack.ts',
      'monitoring-stack.js', 'monitoring-stack.ts',
    ]);
  });

  test('takes at most 1.6 MB packed and 6 MB unpacked', () => {
    expect(installed.packedSize).toBeLessThanOrEqual(1_600_000);
    expect(filesIn(installed.library).reduce((size, file) => size + statSync(file).size, 0)).toBeLessThanOrEqual(6_000_000);
  });

  test('has the declarations to which its declarations refer, and no other private ones', () => {
    const declarations = filesIn(join(installed.library, 'lib')).filter((file) => file.endsWith('.d.ts'));
    const imported = declarations.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']*)'/g)].map(([, path]) => {
      const module = join(dirname(file), path);
      return existsSync(module) ? join(module, 'index.d.ts') : `${module}.d.ts`;
    }));
    expect(imported.filter((file) => !declarations.includes(file))).toEqual([]);
    expect(declarations.filter((file) => file.includes('/private/') && !imported.includes(file))).toEqual([]);
  });

  test('has no source maps', () => {
    expect(filesIn(installed.library).filter((file) => file.endsWith('.map') || /sourceMappingURL=/.test(readFileSync(file, 'latin1')))).toEqual([]);
  });

  test('can be imported by its name only, not by the path of a private file', async () => {
    const load = (name: string) => run(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { cwd: installed.app });
    await load('cdk-order-pipeline');
    await load('cdk-order-pipeline/package.json');
    await expect(load('cdk-order-pipeline/lib/private/validate')).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test('deploys the bundles of handlers that were tested', async () => {
    writeFileSync(join(installed.app, 'archive.js'), `
      const { BundleArchive } = require(${JSON.stringify(join(installed.library, 'lib', 'private', 'bundle-archive.js'))});
      const archive = BundleArchive.open(${JSON.stringify(join(installed.library, 'assets', 'bundles.br'))});
      for (const handler of process.argv.slice(2)) console.log(archive.extract(handler, __dirname));
    `);
    const handlers = join(ROOT, 'assets', 'handlers');
    const folders = (await run(process.execPath, ['archive.js', ...readdirSync(handlers)], { cwd: installed.app })).trim().split('\n');
    const contents = (folder: string) => filesIn(folder).map((file) => [basename(file), readFileSync(file, 'utf8')]).sort();
    for (const folder of folders) expect(contents(folder)).toEqual(contents(join(handlers, basename(folder))));
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

  describe('with the command local', () => {
    const local = (...args: string[]): Promise<string> => run(process.execPath, [join(installed.library, 'bin', 'cdk-order-pipeline.js'), 'local', ...args], {
      cwd: join(installed.library, 'examples', 'minimal'), env: { ...process.env, XDG_CACHE_HOME: CACHE_DIR, AWS_PROFILE: 'production', CDK_VALIDATION: 'false' },
    });
    const cli = (...args: string[]): string[] => ['--', process.execPath, join(installed.library, 'bin', 'cdk-order-pipeline.js'), ...args];
    beforeAll(() => installMiniStack());
    afterAll(() => local('--stop'));

    test('deploys the minimal example without changes to a local AWS, which stays, and confirms an order', async () => {
      const cdk = join(installed.app, 'node_modules', 'aws-cdk', 'bin', 'cdk');
      const output = await local('--', cdk, 'deploy', '--no-notices', '--progress', 'bar');
      expect(output).toContain('npx cdk-order-pipeline local -- npx cdk-order-pipeline try --stack MinimalOrders');
      const placed = await local(...cli('try', '--stack', 'MinimalOrders'));
      expect(placed).toContain('CONFIRMED after ');
      const [endpoint] = /Local AWS: http\S+/.exec(output)!;
      expect(placed).toContain(endpoint);
      expect(await local(...cli('orders', '--stack', 'MinimalOrders', '--status', 'CONFIRMED'))).toContain('CONFIRMED');
    });

    test('only leaves out types that MiniStack does not support', async () => {
      const [python] = (await installMiniStack())(0);
      const types = await run(python, ['-c', 'from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS; print(*_RESOURCE_HANDLERS)']);
      // A dashboard refers to alarms on metric math.
      expect(types.trim().split(' ').filter((type) => type in LEFT_OUT_TYPES)).toEqual(['AWS::CloudWatch::Dashboard']);
    });
  });
});
