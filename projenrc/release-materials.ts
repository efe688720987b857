import { github, type awscdk } from 'projen';

const { WRITE } = github.workflows.JobPermission;

/** Adds what reviewers of a release need: the comparison with the last one, the bill of materials as a file of the release, and attestations of its build. */
export function addReleaseMaterials(project: awscdk.AwsCdkConstructLibrary): void {
  const compat = project.tasks.tryFind('compat')!;
  compat.reset('ts-node -T -P tsconfig.dev.json scripts/compare-with-release.ts');
  compat.description = 'Compare the API with that of the last release; fails when a change breaks an app and the major version (before 1.0: the minor version) is the same';
  project.buildWorkflow!.addPostBuildSteps({ name: 'Compare the API with the last release', run: 'npx projen compat' });

  const packageAll = project.tasks.tryFind('package-all')!;
  packageAll.reset('ts-node -T -P tsconfig.dev.json scripts/package-all.ts');
  packageAll.description = 'Package for every language whose tools this machine has, and say which ones were skipped; needs a build before it';

  // The directory is what the jobs that publish have.
  const release = project.tasks.tryFind('release')!;
  release.exec('cp sbom.cdx.json dist/sbom.cdx.json');
  release.exec('npx projen compat');
  project.release!.addJobs({
    release_materials: {
      name: 'Attest the package and add the bill of materials to the release',
      needs: ['release', 'release_npm', 'release_github'],
      runsOn: ['ubuntu-latest'],
      permissions: { contents: WRITE, idToken: WRITE, attestations: WRITE },
      if: 'needs.release.outputs.tag_exists != \'true\' && needs.release.outputs.latest_commit == github.sha && !inputs.dry_run',
      steps: [
        { uses: 'actions/download-artifact@v5', with: { name: 'build-artifact', path: 'dist' } },
        { name: 'Attest the bill of materials', uses: 'actions/attest-sbom@v3', with: { 'subject-path': 'dist/js/*.tgz', 'sbom-path': 'dist/sbom.cdx.json' } },
        { name: 'Add it to the release', run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom.cdx.json --clobber', env: { GH_TOKEN: '${{ github.token }}', GH_REPO: '${{ github.repository }}' } },
      ],
    },
  });
}
