import { maskAssetHashes } from './setup/mask-asset-hashes';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { synthPipeline } from './support/synth';

expect.addSnapshotSerializer(maskAssetHashes);

test('a pipeline without props gives this template', () => {
  expect(synthPipeline().template.toJSON()).toMatchSnapshot();
});

test('a pipeline with everything on gives this template', () => {
  expect(synthPipeline(everythingOn, EVERYTHING_ON_ENV).template.toJSON()).toMatchSnapshot();
});
