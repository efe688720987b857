import { GetParametersCommand, SSMClient, type GetParametersCommandInput } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { readParameters } from '../../../handlers/aws/parameters';

const ssm = mockClient(SSMClient);
beforeEach(() => {
  ssm.reset();
  ssm.on(GetParametersCommand).callsFake(async ({ Names = [] }: GetParametersCommandInput) =>
    ({ Parameters: Names.filter((Name) => Name !== 'lost').reverse().map((Name) => ({ Name, Value: `value of ${Name}` })) }));
});

test('reads the values of parameters in the sequence of their names', async () => {
  expect(await readParameters(['b', 'a'])).toEqual(['value of b', 'value of a']);
});

test('reads at most ten parameters with one request', async () => {
  const names = Array.from({ length: 23 }, (_, index) => `p-${index}`);
  expect(await readParameters(names)).toEqual(names.map((name) => `value of ${name}`));
  expect(ssm.commandCalls(GetParametersCommand).map(({ args: [{ input }] }) => input.Names!.length)).toEqual([10, 10, 3]);
});

test('fails when a parameter does not exist', async () => {
  await expect(readParameters(['a', 'lost'])).rejects.toThrow('the SSM parameter lost does not exist; deploy the stack again');
});
