/** `npm run budgets` sets the budgets to what is measured now; needs `npm run bundle` before it. */
import { writeBudgets } from './budget-file';
import { measureBundleBytes } from './bundle-bytes';
import { measureLogBytes } from './log-bytes';
import { measureTemplates } from './template-sizes';

void measureLogBytes().then((logBytes) => writeBudgets({ bundleBytes: measureBundleBytes(), logBytes, templates: measureTemplates() }));
