import { TextFile, YamlFile, type Project } from 'projen';

const REPOSITORY = 'https://github.com/cdk-order-pipeline/cdk-order-pipeline';

const SECURITY = `# Security

## Reporting a vulnerability

Report it in private: [open a draft advisory](${REPOSITORY}/security/advisories/new). Do not open an issue.
Please state the version, what an attacker needs and what they gain, and, if you have one, a program or template that shows it.

You get an answer within three working days, and an assessment within ten. We fix what is confirmed in the newest release line, publish an advisory with the
release, and name you in it if you want.

## Supported versions

Security fixes are released for the newest minor version. Before 1.0 there are no fixes for older ones.

## What to check before you use it

[Security](docs/security.md) lists what is encrypted, who may do what, what rule packs find, and what remains for your app to configure. Each release has a bill of
materials (\`sbom.cdx.json\`, CycloneDX) and provenance: \`npm audit signatures\` verifies it.
`;

const CODE_OF_CONDUCT = `# Code of conduct

This project is open to everyone. We expect of each other, in issues, reviews and wherever we represent the project:

- Discuss the code and its effects, not the person who wrote it.
- Assume good intentions, and ask before you judge.
- Accept that others decide differently, once the arguments are exchanged.
- No insults, no harassment, no discrimination, and no publication of private data.

Maintainers remove contributions that violate these rules, and exclude people who repeat it. To report a violation, write to a maintainer, or use the
[private form for security reports](${REPOSITORY}/security/advisories/new), which only maintainers read. Reports are confidential.
`;

const textArea = (id: string, label: string, description: string, required: boolean) =>
  ({ type: 'textarea', id, attributes: { label, description }, validations: { required } });
const input = (id: string, label: string, description: string) => ({ type: 'input', id, attributes: { label, description }, validations: { required: true } });

const BUG = {
  name: 'Bug',
  description: 'Something does not work as documented',
  labels: ['bug'],
  body: [
    input('version', 'Version of cdk-order-pipeline', 'npm ls cdk-order-pipeline'),
    input('environment', 'aws-cdk-lib, CDK CLI, language', 'npx cdk version; npm ls aws-cdk-lib'),
    textArea('what', 'What happened, and what did you expect?', 'With the error message, the props, and the correlation ID of an order if there is one.', true),
    textArea('how', 'How can it be reproduced?', 'The smallest stack and request or file. Remove customer data.', true),
  ],
};

const FEATURE = {
  name: 'Feature',
  description: 'Something that orders of yours need',
  labels: ['enhancement'],
  body: [
    textArea('what', 'What do you want to do?', 'What happens to the order, and who causes it.', true),
    textArea('now', 'What do you do now?', 'The code or the service that you use instead.', false),
  ],
};

/** Adds the files that GitHub shows to those who report and contribute. */
export function addCommunityFiles(project: Project): void {
  new TextFile(project, 'SECURITY.md', { marker: false, lines: SECURITY.trimEnd().split('\n') });
  new TextFile(project, 'CODE_OF_CONDUCT.md', { marker: false, lines: CODE_OF_CONDUCT.trimEnd().split('\n') });
  new YamlFile(project, '.github/ISSUE_TEMPLATE/bug.yml', { obj: BUG });
  new YamlFile(project, '.github/ISSUE_TEMPLATE/feature.yml', { obj: FEATURE });
  new YamlFile(project, '.github/ISSUE_TEMPLATE/config.yml', {
    obj: { blank_issues_enabled: true, contact_links: [{ name: 'Vulnerability', url: `${REPOSITORY}/security/advisories/new`, about: 'Report it in private.' }] },
  });
}
