import type { PipelineDescription, PipelineResource } from '../../../cli/console/console-api';

type Edges = PipelineDescription['edges'];

/** A row of a part: what sends is left of what receives. */
export type Row = readonly PipelineResource[];

/** Arranges the resources of a part in rows of at most two, in the sequence in which messages pass through them. */
export function groupRows(resources: readonly PipelineResource[], edges: Edges): Row[] {
  const left = new Set(resources);
  const rows: PipelineResource[][] = [];
  const next = ({ id }: PipelineResource): PipelineResource | undefined =>
    inSequence([...left].filter((each) => edges.some(({ from, to }) => from === id && to === each.id)))[0];
  const place = (resource: PipelineResource): void => {
    left.delete(resource);
    const row = [resource];
    rows.push(row);
    const receiver = next(resource);
    if (!receiver) return;
    left.delete(receiver);
    row.push(receiver);
    const further = next(receiver);
    if (further) place(further);
  };
  for (const resource of inSequence(startsFirst(resources, edges))) if (left.has(resource)) place(resource);
  return withPairs(rows);
}

const startsFirst = (resources: readonly PipelineResource[], edges: Edges): PipelineResource[] => {
  const isFed = ({ id }: PipelineResource) => edges.some(({ from, to }) => to === id && resources.some((other) => other.id === from));
  return [...resources.filter((each) => !isFed(each)), ...resources.filter(isFed)];
};

/** What stores or announces comes after what works with them. */
const isStore = ({ kind }: PipelineResource): boolean => kind === 'TABLE' || kind === 'TOPIC';
const inSequence = (resources: readonly PipelineResource[]): PipelineResource[] =>
  [...resources.filter((each) => !isStore(each)), ...resources.filter(isStore)];

/** Rows of one resource share rows. */
function withPairs(rows: readonly Row[]): Row[] {
  const paired: PipelineResource[][] = [];
  let single: PipelineResource[] | undefined;
  for (const row of rows) {
    if (row.length > 1 || !single) {
      paired.push([...row]);
      single = row.length > 1 ? single : paired.at(-1);
    } else {
      single.push(row[0]);
      single = undefined;
    }
  }
  return paired;
}
