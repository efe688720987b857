/** Without what differs between languages: the resource that lists the versions of all libraries, and the hashes of assets. */
export function comparable(template: string): unknown {
  const { Resources: { CDKMetadata: _, ...resources }, Conditions: { CDKMetadataAvailable: __, ...conditions } = {}, ...rest } = JSON.parse(
    template.replace(/\b[0-9a-f]{64}\b/g, '<hash>'),
  );
  return { ...rest, Resources: resources, Conditions: conditions };
}
