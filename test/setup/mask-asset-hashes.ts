type Serializer = Extract<Parameters<jest.Expect['addSnapshotSerializer']>[0], { serialize: unknown }>;

const ASSET_HASH = /[0-9a-f]{64}/g;
/** The logical id of an API deployment ends in a hash of its content. */
const DEPLOYMENT_HASH = /(Deployment[0-9A-F]{8})[0-9a-f]{32}/g;

const mask = (text: string): string => text.replace(ASSET_HASH, '[asset hash]').replace(DEPLOYMENT_HASH, '$1[deployment hash]');

const isUnmaskedTemplate = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Resources' in value && mask(JSON.stringify(value)) !== JSON.stringify(value);

/** Serializes templates without the hashes that change with every build of the handlers. */
export const maskAssetHashes: Serializer = {
  test: isUnmaskedTemplate,
  serialize: (template, config, indentation, depth, refs, printer) =>
    printer(JSON.parse(mask(JSON.stringify(template))), config, indentation, depth, refs),
};
