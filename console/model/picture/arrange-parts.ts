import type { PipelineDescription, PipelineResource } from '../../../cli/console/console-api';

/** The parts of a pipeline: where orders come in, the bus, and what receives events. */
export interface ArrangedParts {
  readonly entrances: readonly string[];
  /** The part with the bus. */
  readonly bus?: string;
  readonly receivers: readonly string[];
}

/** Arranges the parts by what feeds them, those with the most senders first. */
export function arrangeParts(resources: readonly PipelineResource[], edges: PipelineDescription['edges']): ArrangedParts {
  const parts = [...new Set(resources.map(({ part }) => part))];
  const bus = resources.find(({ kind }) => kind === 'BUS');
  const partOf = new Map(resources.map(({ id, part }) => [id, part]));
  const isFedByBus = (part: string) => edges.some(({ from, to }) => from === bus?.id && partOf.get(to) === part);
  const isEntrance = (part: string) => !isFedByBus(part) && resources.some((each) => each.part === part && isStart(each, edges));
  const edgesTo = (part: string) => edges.filter(({ from, to }) => partOf.get(to) === part && partOf.get(from) !== part).length;
  const rest = parts.filter((part) => part !== bus?.part && !isEntrance(part)).sort((one, other) => edgesTo(other) - edgesTo(one));
  return {
    entrances: parts.filter((part) => part !== bus?.part && isEntrance(part)).reverse(),
    ...(bus ? { bus: bus.part } : {}),
    receivers: [...rest.filter(isFedByBus), ...rest.filter((part) => !isFedByBus(part))],
  };
}

/** Whether messages come in here, from outside of the pipeline. */
const isStart = ({ id, kind }: PipelineResource, edges: PipelineDescription['edges']): boolean =>
  kind !== 'FUNCTION' && !edges.some(({ to }) => to === id) && edges.some(({ from }) => from === id);
