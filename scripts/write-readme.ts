/** Writes the generated parts of the docs: the picture of the pipeline, the states of an order, and the asynchronous edges. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withEdges } from './example-edges';
import { withOrderStates } from './order-states-diagram';
import { drawPipeline } from './pipeline-picture';

const rewrite = (path: string, update: (document: string) => string): void => writeFileSync(path, update(readFileSync(path, 'utf8')));

writeFileSync('docs/pipeline.svg', drawPipeline());
rewrite('docs/changing-orders.md', withOrderStates);
rewrite('docs/edges.md', withEdges);
