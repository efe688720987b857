import type { awscdk } from 'projen';

/** What a pull request may be called: the notes of a release are written from the titles, which become the messages of commits. */
const COMMIT_TYPES = ['feat', 'fix', 'perf', 'docs', 'test', 'refactor', 'build', 'ci', 'chore', 'revert'];

/** Options of the project: the workflows that build, check, release and upgrade. */
export const RELEASE_OPTIONS = {
  github: true,
  githubOptions: {
    mergify: false,
    dependencyReview: true,
    dependencyReviewOptions: { failOnSeverity: 'moderate' },
    pullRequestLintOptions: { semanticTitleOptions: { types: COMMIT_TYPES } },
  },
  pullRequestTemplateContents: [
    '<!-- The title becomes a line in the notes of the release: "feat: …", "fix: …", or "feat!: …" for a change that breaks an app. -->',
    '',
    '## What an app can do now, or what was wrong',
    '',
    '## How it was tested',
    '',
    '- [ ] `npm run lint`, `npm run typecheck` and the tests of what changed pass; `npx projen` leaves no diff',
    '- [ ] No resource of a deployed pipeline is replaced, or the title has a `!` and the text says what to do',
  ],
  buildWorkflow: true,
  buildWorkflowOptions: { mutableBuild: false },
  release: true,
  releaseToNpm: true,
  releaseFailureIssue: true,
  npmTrustedPublishing: true,
  npmProvenance: true,
  workflowNodeVersion: '24',
  workflowPackageCache: true,
  depsUpgrade: true,
} satisfies Partial<awscdk.AwsCdkConstructLibraryOptions>;
