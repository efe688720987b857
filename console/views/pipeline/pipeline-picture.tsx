import { useMemo, useState } from 'preact/hooks';
import type { PipelineResource } from '../../../cli/console/console-api';
import { labelLines } from '../../model/picture/label-lines';
import { NODE, layOutPicture, type PlacedEdge, type PlacedPart, type PlacedResource } from '../../model/picture/picture-layout';
import { resourceState } from '../../model/resource-state';
import { fragmentOf } from '../../model/route';
import { wordsOf } from '../../model/words';
import { Icon } from '../../parts/icon';
import { description, status } from '../../state/live';

/**
 * The picture of the architecture, drawn from the resources and what they send to each other. Edges that cross it are drawn for the resource that the
 * pointer or the focus is at: all of them would hide the others.
 */
export function PipelinePicture({ selected }: { readonly selected: string | undefined }) {
  const { resources, edges } = description.value!;
  const picture = useMemo(() => layOutPicture({ resources, edges }), [resources, edges]);
  const [pointed, setPointed] = useState<string | undefined>();
  return (
    <div class="picture" role="region" aria-label="Picture of the architecture" tabIndex={0}>
      <svg viewBox={`-2 -2 ${picture.width + 4} ${picture.height + 4}`} role="group" aria-label="Resources of the pipeline">
        <defs>
          <marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" /></marker>
        </defs>
        {picture.parts.map((part) => <PartBox key={part.name} {...part} />)}
        <g aria-hidden="true">{picture.edges.map((edge) => <Edge key={edge.from + edge.to} edge={edge} selected={pointed ?? selected} />)}</g>
        {picture.resources.map((placed) => (
          <ResourceBox key={placed.resource.id} placed={placed} isSelected={placed.resource.id === selected} onPoint={setPointed} />
        ))}
      </svg>
    </div>
  );
}

const PartBox = ({ name, x, y, width, height }: PlacedPart) => (
  <g class="part" aria-hidden="true">
    <rect x={x} y={y} width={width} height={height} rx="10" />
    <text x={x + 12} y={y + 16}>{wordsOf(name)}</text>
  </g>
);

function Edge({ edge: { from, to, path, isFar }, selected }: { readonly edge: PlacedEdge; readonly selected: string | undefined }) {
  const { resources } = description.value!;
  const isBusy = [from, to].some((id) => resourceState(resources.find((each) => each.id === id)!, status.value).isBusy);
  const kind = selected === from || selected === to ? ' selected' : selected === undefined ? '' : ' dim';
  return <path class={`edge${isFar ? ' far' : ''}${isBusy ? ' flow' : ''}${kind}`} d={path} marker-end="url(#head)" />;
}

interface ResourceBoxProps {
  readonly placed: PlacedResource;
  readonly isSelected: boolean;
  /** Is called with the ID while the pointer or the focus is at the resource, and without it afterwards. */
  readonly onPoint: (id: string | undefined) => void;
}

function ResourceBox({ placed: { resource, x, y, width, height }, isSelected, onPoint }: ResourceBoxProps) {
  const { tone, text, deadLetters, isBusy } = resourceState(resource, status.value);
  const { id, label, kind, deadLetterQueue } = resource;
  const isBus = height > 2 * NODE.height;
  return (
    <a
      class={`node ${kind} ${tone}${isBusy ? ' busy' : ''}${isSelected ? ' chosen' : ''}`} href={fragmentOf('pipeline', isSelected ? undefined : id)}
      aria-current={isSelected ? 'true' : undefined} onPointerEnter={() => onPoint(id)} onPointerLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(id)} onBlur={() => onPoint(undefined)}
    >
      <g>
        <rect x={x} y={y} width={width} height={height} rx="7" />
        {isBus
          ? <text class="label" text-anchor="middle" transform={`translate(${x + width / 2 + 4} ${y + height / 2}) rotate(-90)`}>{label}</text>
          : <BoxText resource={resource} text={text} x={x} y={y} />}
        {deadLetterQueue && <DeadLetterMark count={deadLetters} x={x + width} y={y + height} />}
      </g>
    </a>
  );
}

interface BoxTextProps {
  readonly resource: PipelineResource;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The label of a resource, and its numbers below. The link is named by its texts, which spaces separate. */
function BoxText({ resource: { kind, label }, text, x, y }: BoxTextProps) {
  const lines = [...labelLines(label).map((line) => ({ line, name: 'label' })), ...(text ? [{ line: text, name: 'text' }] : [])];
  const first = y + NODE.height / 2 + 4 - (lines.length - 1) * 7;
  return (
    <>
      <Icon name={kind} x={x + 7} y={first - 10.5} width="13" height="13" />
      {lines.map(({ line, name }, index) => <text key={name + line} class={name} x={x + 25} y={first + index * 14}>{`${line} `}</text>)}
    </>
  );
}

/** The dead-letter queue of a resource: red when it is not empty. */
const DeadLetterMark = ({ count, x, y }: { readonly count: number; readonly x: number; readonly y: number }) => {
  const width = count > 0 ? 44 + 6 * String(count).length : 28;
  return (
    <g class={count > 0 ? 'mark full' : 'mark'}>
      <rect x={x - width - 5} y={y - 9} width={width} height="15" rx="7.5" />
      <text x={x - width / 2 - 5} y={y + 2} text-anchor="middle">{count > 0 ? `! DLQ ${count}` : 'DLQ'}</text>
    </g>
  );
};
