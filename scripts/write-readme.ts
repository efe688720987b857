/** Writes the generated parts of the README and the docs: the picture of the pipeline, the states of an order, the asynchronous edges, and the costs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { costFigures, withCostGuide, withReadmeCosts } from './cost-figures';
import { withEdges } from './example-edges';
import { withOrderStates } from './order-states-diagram';
import { drawPipeline } from './pipeline-picture';

const rewrite = (path: string, update: (document: string) => string): void => writeFileSync(path, update(readFileSync(path, 'utf8')));

writeFileSync('docs/pipeline.svg', drawPipeline());
rewrite('docs/changing-orders.md', withOrderStates);
rewrite('docs/edges.md', withEdges);

void costFigures().then((figures) => {
  rewrite('README.md', (document) => withReadmeCosts(document, figures));
  rewrite('docs/cost.md', (document) => withCostGuide(document, figures));
});
