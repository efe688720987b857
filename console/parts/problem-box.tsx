import { Icon } from './icon';
import type { ConsoleProblem } from '../../cli/console/console-api';

/** States what is wrong and how to resolve it. */
export const ProblemBox = ({ problem, onRetry }: { readonly problem: ConsoleProblem; readonly onRetry?: () => void }) => (
  <div class="box bad" role="alert">
    <Icon name="bad" />
    <div>
      <strong>{problem.title}</strong>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.errors && problem.errors.length > 0 && (
        <ul class="errors">{problem.errors.map(({ path, message }) => <li key={path + message}><code>{path}</code> {message}</li>)}</ul>
      )}
      {onRetry && <button type="button" class="small" onClick={onRetry}>Try again</button>}
    </div>
  </div>
);
