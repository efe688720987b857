import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../cli/local/system/run-program';
import { runCommand } from '../sample-context';

/** Answers like a local AWS of an account, with one deployed pipeline. */
async function fakeLocalAws(account: string): Promise<{ server: Server; endpoint: string }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; }).on('end', () => {
      if (request.url === '/_ministack/health') return response.end('{}');
      if (body.includes('GetCallerIdentity')) return response.end(`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`);
      const member = (name: string, outputs = '') => `<member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member>`;
      const output = '<member><OutputKey>OrdersTryCommand</OutputKey><OutputValue>npx cdk-order-pipeline try --stack Shop</OutputValue></member>';
      return response.end(`<DescribeStacksResponse><DescribeStacksResult><Stacks>${member('CDKToolkit')}${member('Shop', output)}</Stacks></DescribeStacksResult></DescribeStacksResponse>`);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('with a local AWS that is running', () => {
  let aws: Awaited<ReturnType<typeof fakeLocalAws>>;
  beforeAll(async () => { aws = await fakeLocalAws('000000000000'); });
  afterAll(() => new Promise((resolve) => { aws.server.close(resolve); aws.server.closeAllConnections(); }));

  const local = (...program: string[]) => runCommand(['local', '--endpoint', aws.endpoint, '--', ...program], {});

  test('runs the command with its endpoint, and returns its exit status', async () => {
    const isEndpoint = `process.exit(process.env.AWS_ENDPOINT_URL === '${aws.endpoint}' ? 7 : 1)`;
    expect(await local(process.execPath, '-e', isEndpoint)).toMatchObject({ status: 7, printed: '', errors: `Local AWS: ${aws.endpoint}\n` });
  });

  test('the exit status of a command that a signal ended is that of shells', async () => {
    expect((await local(process.execPath, '-e', "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)")).status).toBe(143);
  });

  test('prints the next steps after a deployment, which does not require approval', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local '));
    const cdk = join(folder, 'cdk');
    try {
      await run('sh', ['-c', `printf '#!/bin/sh\\n[ "$CDK_REQUIRE_APPROVAL $1" = "never deploy" ]\\n' > "${cdk}" && chmod +x "${cdk}"`]);
      const { status, errors } = await local(cdk, 'deploy');
      expect(status).toBe(0);
      expect(errors).toContain(`npx cdk-order-pipeline local --endpoint ${aws.endpoint} -- npx cdk-order-pipeline try --stack Shop\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('fails when the command does not exist', async () => {
    const { status, errors } = await local('no-such-program');
    expect(status).toBe(1);
    expect(errors).toContain('the command cannot be run: spawn no-such-program ENOENT; it must be a program, not a builtin of a shell');
  });
});

test('fails when the account is another one, and runs nothing', async () => {
  const { server, endpoint } = await fakeLocalAws('111122223333');
  try {
    const { status, errors } = await runCommand(['local', '--endpoint', endpoint, '--', 'no-such-program'], {});
    expect(status).toBe(1);
    expect(errors).toBe(`the account at ${endpoint} must be 000000000000, that of a local AWS, got 111122223333; nothing was run\n`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('fails when no local AWS answers', async () => {
  const { status, errors } = await runCommand(['local', '--endpoint', 'http://127.0.0.1:1', '--', 'ls'], {});
  expect(status).toBe(1);
  expect(errors).toBe('MiniStack does not answer at http://127.0.0.1:1; start it, or leave out --endpoint\n');
});
