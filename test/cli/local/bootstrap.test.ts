import { cdkOf } from '../../../cli/local/bootstrap';

test.each([
  ['npx cdk deploy', 'npx cdk'],
  ['cdk deploy --all', 'cdk'],
  ['node_modules/.bin/cdk --app build deploy Shop', 'node_modules/.bin/cdk --app build'],
  ['npx aws-cdk@2 deploy', 'npx aws-cdk@2'],
  ['npm run cdk -- deploy', 'npm run cdk --'],
])('"%s" deploys with the CDK CLI', (program, cdk) => {
  expect(cdkOf(program.split(' '))?.join(' ')).toBe(cdk);
});

test.each(['npx cdk synth', 'npm run deploy', 'deploy cdk', 'npx cdk-order-pipeline try --stack Shop', 'cdktf deploy'])('"%s" does not', (program) => {
  expect(cdkOf(program.split(' '))).toBeUndefined();
});
