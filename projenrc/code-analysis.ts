import { github } from 'projen';

/** Adds the workflow that searches the code for vulnerabilities: for each change, and each week with the newest rules. */
export function addCodeAnalysis(gitHub: github.GitHub): void {
  const workflow = gitHub.addWorkflow('codeql');
  workflow.on({ push: { branches: ['main'] }, pullRequest: { branches: ['main'] }, schedule: [{ cron: '27 4 * * 1' }] });
  workflow.addJob('analyze', {
    name: 'CodeQL',
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ, securityEvents: github.workflows.JobPermission.WRITE },
    steps: [
      github.WorkflowSteps.checkout(),
      { uses: 'github/codeql-action/init@v4', with: { 'languages': 'javascript-typescript, actions', 'build-mode': 'none', 'queries': 'security-extended' } },
      { uses: 'github/codeql-action/analyze@v4' },
    ],
  });
}
