import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { awscdk, javascript, JsonFile, typescript } from 'projen';
import { addCodeAnalysis } from './projenrc/code-analysis';
import { addCommunityFiles } from './projenrc/community-files';
import { addReleaseMaterials } from './projenrc/release-materials';
import { RELEASE_OPTIONS } from './projenrc/release-options';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-order-pipeline',
  description: 'A complete event-driven order system for any AWS CDK app, in one line.',
  author: 'The cdk-order-pipeline authors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdk-order-pipeline/cdk-order-pipeline',
  repositoryUrl: 'https://github.com/cdk-order-pipeline/cdk-order-pipeline.git',
  keywords: ['aws', 'cdk', 'orders', 'event-driven', 'serverless', 'sqs', 'fifo', 'eventbridge', 'dynamodb'],
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-order-pipeline authors',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  majorVersion: 0,

  // Versions: CONTRIBUTING.md, "Pinned versions".
  cdkVersion: '2.207.0',
  constructsVersion: '10.0.5',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '22.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  // Developed on the newest CDK that was tried; the floor, which users may have, is tested under an alias.
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    // Order models are compiled at synth: the compiled library contains what it uses of these.
    'ajv@^8.20.0',
    'ajv-formats@^3.0.1',
    'safe-regex2@^5.1.2',
    'aws-cdk-lib@2.276.0',
    'aws-cdk-lib-floor@npm:aws-cdk-lib@2.207.0',
    'constructs-floor@npm:constructs@10.0.5',
    // What the floor writes its cloud assembly with: npm takes it for bundled and leaves it out.
    'cloud-assembly-schema-floor@npm:@aws-cdk/cloud-assembly-schema@45.2.0',
    // The newest that the runner of integration tests reads.
    'aws-cdk-lib-integ@npm:aws-cdk-lib@2.257.0',
    'cloud-assembly-schema-integ@npm:@aws-cdk/cloud-assembly-schema@53.28.0',
    'node@^24',
    'aws-cdk@^2.1148.1',
    // Integration tests in an AWS account: docs/integration-tests.md.
    '@aws-cdk/integ-runner@^2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    'esbuild@^0.28',
    'fast-check@^4',
    // Packs the code of functions for the local AWS in tests.
    'fflate@^0.8.3',
    '@jest/test-sequencer@^30',
    'zod@^4',
    'ulid@^3',
    'safe-stable-stringify@^2',
    '@types/aws-lambda',
    '@aws-lambda-powertools/logger@2.35.0',
    '@aws-lambda-powertools/metrics@2.35.0',
    // What handlers are measured against: a consumer as public samples write it.
    '@aws-lambda-powertools/batch@2.35.0',
    '@aws-lambda-powertools/idempotency@2.35.0',
    '@aws-lambda-powertools/parser@2.35.0',
    '@aws-lambda-powertools/tracer@2.35.0',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-apigatewaymanagementapi',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-kinesis',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-scheduler',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sns',
    '@aws-sdk/client-sqs',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/lib-storage',
    '@aws-sdk/util-dynamodb',
    // Signs the requests to AppSync.
    '@aws-crypto/sha256-js@^5',
    '@aws-sdk/credential-provider-env',
    '@smithy/signature-v4@^5',
    'aws-sdk-client-mock',
    'cdk-nag@2.38.2',
    // What the reader of order files is measured against.
    'clarinet@^0.12.6',
    '@streamparser/json@^0.0.26',
    'jsonparse@^1.3.1',
    'stream-json@^3.8.0',
    // The specifications of contracts: their own schemas and validators.
    '@asyncapi/specs@^6.11.1',
    '@seriousme/openapi-schema-validator@^2.11.0',
    // What verifies the signatures of webhooks.
    'standardwebhooks@^1',
    // The clients of the brokers in test/brokers.
    'amqplib@^2.3.1',
    'kafkajs@^2.2.4',
    'stompit@^1.0.0',
    'graphql@^16.15.0',
    // What the reader of CSV is compared with.
    'csv-parse@^7',
    // Definitions of workflows: the emulator accepts invalid ones.
    'asl-validator@^4',
    'jsonata@^2',
    // Import cycles, those of types included, and which folder may import which.
    'dependency-cruiser@^18',
    // The browser of the end-to-end test of a page, and what drives it. It comes inside the package.
    '@sparticuz/chromium@^153',
    // The page of the console, into which both are bundled, and what checks that it is accessible.
    'preact@^11.2.0',
    '@preact/signals@^2.11.0',
    'axe-core@^4.14.1',
    // Verifies JWTs of connections for live updates.
    'aws-jwt-verify@^5',
    // The client of live updates in tests that are not in a browser.
    'ws@^8',
    '@types/ws@^8',
    'playwright-core@^1.65.1',
  ],

  // jsii: the other languages the library is published for.
  publishToPypi: { distName: 'cdk-order-pipeline', module: 'cdk_order_pipeline', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkorderpipeline',
    mavenGroupId: 'io.github.cdk-order-pipeline',
    mavenArtifactId: 'cdk-order-pipeline',
  },
  publishToNuget: { dotNetNamespace: 'CdkOrderPipeline', packageId: 'CdkOrderPipeline', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-order-pipeline/cdk-order-pipeline-go' },

  ...RELEASE_OPTIONS,
  vscode: false,
  lambdaAutoDiscover: false,
  npmignoreEnabled: false,
  autoDetectBin: false,
  bin: { 'cdk-order-pipeline': 'bin/cdk-order-pipeline.js' },
  sampleCode: false,

  jestOptions: {
    jestConfig: {
      moduleNameMapper: { '^cdk-order-pipeline$': '<rootDir>/src/index.ts' },
      globalSetup: '<rootDir>/test/setup/temporary-folder.ts',
      globalTeardown: '<rootDir>/test/setup/remove-temporary-folder.ts',
      testSequencer: '<rootDir>/test/setup/slowest-first.js',
      coverageProvider: 'v8',
      collectCoverageFrom: ['src/**/*.ts', 'handlers/**/*.ts', 'cli/**/*.ts'],
      coverageReporters: ['text-summary', 'lcov'],
    },
  },

  projenrcTs: true,
  projenrcTsOptions: { runner: typescript.TypeScriptRunner.tsNode({ tsconfig: 'tsconfig.dev.json' }) },
  tsconfigDevFile: 'tsconfig.dev.json',
  eslintOptions: {
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    dirs: ['src', 'handlers'],
    devdirs: ['test', 'examples', 'demo', 'cli', 'console'],
  },
});

// One tsconfig for everything that jsii does not compile.
project.tryRemoveFile('projenrc/tsconfig.json');
project.tsconfigDev.file.addOverride('include', [
  '.projenrc.ts', 'projenrc/**/*.ts', 'src/**/*.ts', 'handlers/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'demo/**/*.ts', 'scripts/**/*.ts', 'cli/**/*.ts',
]);
// Users step through the compiled JavaScript: maps with the sources in them would double the size of the package.
for (const option of ['inlineSourceMap', 'inlineSources']) project.tsconfig!.file.addOverride(`compilerOptions.${option}`, false);
// What jsii does not compile runs on the Node.js that is installed with it.
project.tsconfigDev.file.addOverride('compilerOptions.lib', ['es2024']);
project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-order-pipeline': ['./src/index.ts'] });

// jsii would rather have the floor as development dependency.
project.compileTask.reset('jsii --compress-assembly --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency');
// jsii does not know that what these files import is bundled into them.
project.compileTask.exec('ts-node -T -P tsconfig.dev.json scripts/bundle-libraries.ts');
// What only the library itself refers to.
project.compileTask.exec('ts-node -T -P tsconfig.dev.json scripts/drop-private-declarations.ts');
project.eslint!.allowDevDeps('src/private/order-model/**');
project.package.file.addOverride('jest.coverageThreshold', { global: { statements: 95, branches: 90 } });
// Handlers are bundled: what they import is not a dependency of the library.
project.eslint!.allowDevDeps('handlers/**');
project.eslint!.allowDevDeps('scripts/**');
project.eslint!.allowDevDeps('cli/**');
project.eslint!.allowDevDeps('projenrc/**');
project.eslint!.allowDevDeps('console/**');
// The page has a DOM, and types of its own.
project.tryFindObjectFile('.eslintrc.json')!.addOverride('parserOptions.project', ['./tsconfig.dev.json', './console/tsconfig.json']);

// A bundle has only the modules that it uses.
project.package.addField('sideEffects', false);
project.package.addField('type', 'commonjs');
project.package.file.addOverride('repository.url', 'git+https://github.com/cdk-order-pipeline/cdk-order-pipeline.git');
project.package.addField('imports', {
  '#shared': './handlers/shared/index.ts',
  '#order-model': './handlers/model/standard.ts',
});
// The examples name the package, in the repository as after installation.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  // What jsii and its tools read.
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.jsii.gz': './.jsii.gz',
});
project.package.addField('files', [
  'lib', 'assets/bundles.br', 'assets/layer', 'bin', '!bin/command-line.js', 'contracts', 'examples', '.jsii', '.jsii.gz', 'THIRD_PARTY_LICENSES', 'sbom.cdx.json',
  '!examples/**/cdk.out', '!examples/*/site/config.json', '!*.tsbuildinfo',
]);
// 1.13.0 was published without most of its platforms' binaries, and "npm ci" refuses the lock file that comes of it.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
project.package.addField('allowScripts', { 'node': true, 'esbuild': true, '@parcel/watcher': false });

// What is built: handlers and the layer with the order model by esbuild, the library by jsii, the examples by esbuild again.
const bundle = project.addTask('bundle', {
  description: 'Bundle the handlers and the layer with the order model into assets/',
  exec: 'ts-node -T -P tsconfig.dev.json scripts/bundle.ts',
});
const esbuild = 'esbuild --log-level=warning --platform=node --format=cjs';
project.preCompileTask.spawn(bundle);

project.addTask('prepack', {
  description: 'Compress the bundles of the handlers and of the command line into one file of the package; npm runs it before it packs',
  exec: 'ts-node -T -P tsconfig.dev.json scripts/archive-bundles.ts',
});

const examples = project.addTask('examples', { description: 'Compile the examples' });
examples.exec(`${esbuild} --target=node22 examples/*/*.ts --outdir=examples --outbase=examples`);
project.postCompileTask.spawn(examples);
// The flags that "cdk init" writes into a new app: without them the CLI warns that they are not configured.
for (const example of ['minimal', 'full', 'own-order-model', 'tenants', 'jwt-browser-shop', 'workflow', 'live-updates', 'hardened']) {
  new JsonFile(project, `examples/${example}/cdk.json`, { marker: false, obj: { app: 'node app.js', context: CURRENTLY_RECOMMENDED_FLAGS } });
}

const build = [project.preCompileTask, project.compileTask, project.postCompileTask];

// What is checked.
const typecheck = project.addTask('typecheck', { description: 'Check the types of everything', exec: 'tsc --noEmit -p tsconfig.dev.json' });
typecheck.exec('tsc --noEmit -p console/tsconfig.json');
const lint = project.addTask('lint', {
  description: 'Check the style of everything; "npx projen eslint" fixes what can be fixed automatically',
  exec: 'eslint --ext .ts,.tsx --max-warnings 0 src handlers cli console test examples demo scripts projenrc .projenrc.ts',
  env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
});
const LAYERS = [
  'telemetry', 'json', 'messaging', 'orders', 'commands', 'events', 'order-file', 'validation', 'lifecycle', 'http',
  'queries', 'workflows', 'webhooks', 'files', 'live', 'stream', 'sources', 'graphql', 'redrive',
];
const forbid = (name: string, from: string, to: object) => ({ name, severity: 'error', from: { path: from }, to });
new JsonFile(project, '.dependency-cruiser.json', {
  marker: false,
  obj: {
    forbidden: [
      forbid('no-cycles', '', { circular: true }),
      forbid('library-without-handlers', '^src/', { pathNot: '^src/' }),
      forbid('handlers-know-the-contract-only', '^handlers/', { path: '^(src|cli|demo|test)/', pathNot: '^src/private/contract/' }),
      ...LAYERS.slice(0, -1).map((layer, index) => forbid(
        `shared-${layer}`, `^handlers/shared/${layer}/`, { path: `^handlers/shared/(${['index.ts', ...LAYERS.slice(index + 1)].join('|')})` },
      )),
    ],
    options: {
      // A cycle of types is a cycle, too, to those who read the code.
      tsPreCompilationDeps: true,
      tsConfig: { fileName: 'tsconfig.dev.json' },
      includeOnly: '^(src|handlers|cli|demo|scripts)/',
    },
  },
});
lint.exec('depcruise --config .dependency-cruiser.json --output-type err src handlers cli demo scripts');
lint.exec('ts-node -T -P tsconfig.dev.json scripts/lint-words.ts');
/** Tests with many random inputs, with processes of their own, or with many whole stacks. */
const LONG_TESTS = [
  'random.test', 'order-file-crashes', 'lifecycle/promise', 'simulation.test', 'template-validator', 'cdk-floor', 'contract-files', 'many-stacks',
  'cdk-features', 'template-proof', 'validate-edges-on-synth', 'pipeline-isolation', 'removal', 'pipeline-monitoring', 'pipeline-outputs', 'cdk-nag', 'rule-packs',
  'existing-api', 'api-domain', 'order-authentication', 'src/callers', 'src/vpc', 'capacity', 'partitions', 'l2-calls', 'file-notifications', 'web-acl', 'bench/cost', 'cost-figures', 'translate-snippets',
];
const without = (...parts: readonly string[]): string => ['/node_modules/', '/test/e2e/', ...parts].map((part) => `--testPathIgnorePatterns=${part}`).join(' ');
const withoutEndToEnd = (...parts: readonly string[]): string => `jest --ci --coverage=false --maxWorkers=100% ${without(...parts)}`;
const jest = project.addTask('jest', {
  description: 'Run the unit tests, without the long ones; needs a build before it',
  exec: withoutEndToEnd(...LONG_TESTS),
  receiveArgs: true,
  env: { CDK_VALIDATION: 'false' },
});
project.addTask('test:long', {
  description: 'Run the long tests: random files and histories, killed processes, other versions of CDK, many stacks; needs a build before it',
  exec: `${withoutEndToEnd()} --testPathPatterns='${LONG_TESTS.join('|')}'`,
  receiveArgs: true,
  env: { CDK_VALIDATION: 'false' },
});
// V8 does not optimise what it counts: the tests that work through a hundred thousand orders take three times as long, and are left out.
project.addTask('coverage', {
  description: 'Measure how much of the code the unit tests reach; needs a build before it',
  exec: `jest --ci ${without('order-file-crashes', 'random.test')}`,
  env: { CDK_VALIDATION: 'false' },
});
const unit = project.addTask('test:unit', { description: 'Run the fast half of the tests' });
for (const task of [bundle, project.compileTask, examples]) unit.spawn(task);
unit.spawn(jest, { receiveArgs: true });
const e2e = project.addTask('test:e2e', {
  description: 'Deploy the examples to a local AWS and send orders through them, also with a browser',
  // Each file has a local AWS of its own, and mostly waits for it.
  exec: 'jest --ci --coverage=false --maxWorkers=3 --testTimeout=120000 test/e2e',
  receiveArgs: true,
});
project.testTask.reset();

const demo = project.addTask('demo', { description: 'Run the whole pipeline on this machine; --keep leaves it running' });
for (const task of build) demo.spawn(task);
demo.exec('ts-node -T -P tsconfig.dev.json demo/run.ts', { receiveArgs: true });
project.addTask('demo:stop', {
  description: 'Stop the local AWS and the console of an earlier "npm run demo -- --keep"',
  exec: 'ts-node -T -P tsconfig.dev.json demo/stop.ts',
});

project.addTask('screenshots', {
  description: 'Take the pictures of the console in docs/console from a real run against a local AWS; needs a build first',
  exec: 'ts-node -T -P tsconfig.dev.json scripts/console-screenshots.ts',
});

project.addTask('readme', { description: 'Regenerate the costs in README.md, and the picture, the states of an order, the edges and the costs in docs/; needs a build first', exec: 'ts-node -T -P tsconfig.dev.json scripts/write-readme.ts' });

project.tasks.tryFind('docgen')!.exec('ts-node -T -P tsconfig.dev.json scripts/write-api-reference.ts');

project.addTask('snippets', { description: 'Compile the TypeScript snippets of README.md, docs/ and docstrings, and write their translations into docs/; needs a build first', exec: 'ts-node -T -P tsconfig.dev.json scripts/write-snippets.ts' });
// Snippets that do not compile fail "jsii-rosetta extract", with every option.
project.package.addField('jsiiRosetta', { strict: true });

project.addTask('test:languages', {
  description: 'Install the packages of dist/ into apps in Python, Java and Go, and compare their templates with those in TypeScript; needs "npm run package-all"; --only python',
  exec: 'ts-node -T -P tsconfig.dev.json test/languages/run.ts',
  receiveArgs: true,
});

project.addTask('test:brokers', {
  description: 'Send orders through Kafka, RabbitMQ and ActiveMQ on this machine, and a local AWS: needs a build, Java 17, Maven and rabbitmq-server; --only kafka, --messages 1000, --seed 1',
  exec: 'ts-node -T -P tsconfig.dev.json test/brokers/run.ts',
  receiveArgs: true,
});

project.addTask('test:api', {
  description: 'Send generated requests to the API on a local AWS, and check the responses against OpenAPI, with schemathesis; --max-time SECONDS, --seed N, --only rest, own-order-model or http',
  exec: 'ts-node -T -P tsconfig.dev.json test/api/run.ts',
  receiveArgs: true,
});

project.addTask('contracts', {
  description: 'Regenerate contracts/; refuses a change that breaks those who rely on them, unless it is given --breaking',
  exec: 'ts-node -T -P tsconfig.dev.json scripts/write-contracts.ts',
  receiveArgs: true,
});

const simulate = project.addTask('simulate', {
  description: 'Simulate the pipeline with faults: "npm run simulate -- --seeds 100000", "--seed N" for one run, "--outages" of each dependency, "--tenants N" for two tenants, "--mutants" for broken handlers',
  exec: 'ts-node -T -P tsconfig.dev.json test/simulation/run.ts',
  receiveArgs: true,
});

// On an older CDK: the runner does not read what the newest one writes.
const integ = project.addTask('integ', {
  description: 'Compare examples/full with its snapshot; with --update-on-failed it is deployed to an AWS account and tested there: docs/integration-tests.md',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json', JSII_DEPRECATED: 'quiet', CDK_ALIAS: 'integ' },
});
for (const task of build) integ.spawn(task);
integ.exec([
  'integ-runner --directory test/integration --language typescript --no-update-workflow',
  '--app "node -r ts-node/register/transpile-only -r ./test/support/use-cdk-alias.ts {filePath}"',
].join(' '), { receiveArgs: true });

project.addTask('bench', {
  description: 'Measure speed, memory and cost; needs a build: "npm run bench", "npm run bench -- cold-start", "npm run bench -- files --size 1GB"; --docs writes docs/performance.md',
  exec: 'ts-node -T -P tsconfig.dev.json test/bench/run.ts',
  receiveArgs: true,
});

project.addTask('budgets', {
  description: 'Set the budgets of bundles, logs and templates, which tests hold, to what is measured now; needs "npm run bundle" before it',
  exec: 'ts-node -T -P tsconfig.dev.json test/bench/budgets/run.ts',
});

project.addTask('cost', {
  description: 'Compute the monthly bill of a pipeline from its template; needs a build: "npm run cost -- --orders-per-month 1000000 --file-share 0.3 --history"; docs/cost.md lists the options',
  exec: 'ts-node -T -P tsconfig.dev.json test/bench/cost/run.ts',
  receiveArgs: true,
});

// Each of the two uses one core.
const check = project.addTask('check', {
  description: 'Check types and style at the same time',
  exec: "sh -c 'projen typecheck & types=$!; projen lint; style=$?; wait $types && exit $style'",
});
for (const task of [check, ...build]) project.testTask.spawn(task);
// Both halves at once, so that no core waits for the end of the first.
project.testTask.exec(withoutEndToEnd(), { env: { CDK_VALIDATION: 'false' } });
project.testTask.spawn(simulate, { args: ['--seeds', '1000'] });
project.testTask.spawn(simulate, { args: ['--outages'] });
project.testTask.spawn(simulate, { args: ['--redrive', '1000'] });
project.testTask.spawn(simulate, { args: ['--tenants', '30'] });
project.testTask.spawn(e2e);

project.gitignore.addPatterns('/assets/', '/bin/', '/examples/**/*.js', '!/examples/*/site/*.js', '/examples/*/site/config.json', '/.local/', '/demo-report.json', '/bench-report.json', '/THIRD_PARTY_LICENSES', '/sbom.cdx.json', '/.jsii.gz', '/.npmignore', 'cdk.out/', '/tsconfig.tsbuildinfo', '/test/integration/*.snapshot/asset.*');

addCodeAnalysis(project.github!);
addCommunityFiles(project);
addReleaseMaterials(project);

project.synth();
