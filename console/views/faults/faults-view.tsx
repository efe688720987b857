import { useState } from 'preact/hooks';
import type { ConsoleProblem, FaultList } from '../../../cli/console/console-api';
import { problemOf, request } from '../../api/request';
import { formatCount } from '../../model/format';
import { ActionButton } from '../../parts/action-button';
import { LoadedContent } from '../../parts/loaded-content';
import { ProblemBox } from '../../parts/problem-box';
import { StatusBadge } from '../../parts/status-badge';
import { TotalsEquation } from '../../parts/totals-equation';
import { confirmed } from '../../state/confirmation';
import { description, status } from '../../state/live';
import { notify } from '../../state/notices';
import { useLoaded } from '../../state/use-loaded';

type Fault = FaultList['faults'][number];

/** Causes failures on a local AWS, and shows how the pipeline recovers. */
export function FaultsView() {
  const loaded = useLoaded('faults', (signal) => request<FaultList>('GET', 'faults', undefined, signal));
  if (!description.value?.isLocal) return <p class="empty">Failures can be caused on a local AWS only.</p>;
  return (
    <>
      <p class="lead">Cause a failure, place orders, and watch: no accepted order is lost.</p>
      <TotalsEquation />
      <Recovery />
      <LoadedContent loaded={loaded} what="the failures">
        {({ faults }) => <ul class="cards">{faults.map((fault) => <FaultCard key={fault.fault} fault={fault} onChanged={loaded.reload} />)}</ul>}
      </LoadedContent>
    </>
  );
}

function Recovery() {
  const { inFlight = 0, deadLettered = 0 } = status.value ?? {};
  return (
    <p class="hint">
      {formatCount(inFlight, 'message')} in queues. {deadLettered > 0
        ? <a href="#/dead-letters">{formatCount(deadLettered, 'message')} in dead-letter queues: redrive them when the failure is over</a>
        : 'The dead-letter queues are empty.'}
    </p>
  );
}

interface FaultCardProps {
  readonly fault: Fault;
  readonly onChanged: () => void;
}

function FaultCard({ fault: { fault, label, description: text, lasts, active }, onChanged }: FaultCardProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ConsoleProblem | undefined>();
  const allowed = description.value!.allowsChanges;
  const act = async () => {
    if (!active && !await confirmed({ title: `${label}?`, text, action: lasts ? 'Start' : 'Send', isDangerous: true })) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await request(active ? 'DELETE' : 'POST', `faults/${fault}`);
      notify({ tone: active ? 'good' : 'busy', text: `${label}: ${active ? 'ended' : lasts ? 'started' : 'sent'}` });
      onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <li class={active ? 'card active' : 'card'}>
      <h2>{label} {active && <StatusBadge status="active" tone="bad" />}</h2>
      <p>{text}</p>
      {problem && <ProblemBox problem={problem} />}
      <div class="actions">
        <ActionButton class={active ? 'primary' : 'danger'} isBusy={isBusy} disabled={!allowed} onClick={act}>
          {isBusy ? 'Working…' : active ? 'End it' : lasts ? 'Start' : 'Send'}<span class="unseen"> {label}</span>
        </ActionButton>
        {!allowed && <span class="hint">needs --allow-changes</span>}
      </div>
    </li>
  );
}
