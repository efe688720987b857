import { Attention } from './attention';
import { PipelinePicture } from './pipeline-picture';
import { ResourceDetails } from './resource-details';
import { ResourceList } from './resource-list';
import { TotalsEquation } from '../../parts/totals-equation';
import { description } from '../../state/live';
import { route } from '../../state/location';

/** The architecture with what is in it now. Narrow windows have a list instead of the picture. */
export function PipelineView() {
  const selected = description.value!.resources.find(({ id }) => id === route.value.id);
  return (
    <>
      <Attention />
      <TotalsEquation />
      {selected && <ResourceDetails key={selected.id} resource={selected} />}
      <PipelinePicture selected={selected?.id} />
      <p class="hint picture-hint">Point at a resource to see everything that it sends and receives; select it for its details.</p>
      <ResourceList selected={selected?.id} />
    </>
  );
}
