import { Icon } from './icon';
import { Time } from './time';
import { describeTotals, OUTCOME_LABELS, OUTCOMES } from '../model/equation';
import { formatNumber } from '../model/format';
import { description, status } from '../state/live';

/** The counting equation, live. */
export function TotalsEquation() {
  const { totals } = status.value ?? {};
  if (!totals) return <p class="hint">{status.value ? whyNoTotals() : 'Reading the counts…'}</p>;
  const { tone, text } = describeTotals(totals);
  return (
    <section class="equation" aria-label="Orders by outcome">
      <dl>
        <div class="term total"><dt>accepted</dt><dd>{formatNumber(totals.accepted)}</dd></div>
        {OUTCOMES.map((name, index) => (
          <div key={name} class={`term ${name} ${totals[name] > 0 ? 'some' : ''}`} data-sign={index === 0 ? '=' : '+'}>
            <dt>{OUTCOME_LABELS[name]}</dt><dd>{formatNumber(totals[name])}</dd>
          </div>
        ))}
      </dl>
      <p class={`result-line ${tone}`} role="status"><Icon name={tone} />{text}</p>
      {totals.since && <p class="hint">Counted since <Time at={totals.since} />.</p>}
    </section>
  );
}

const whyNoTotals = (): string => (description.value?.hasHistory === false
  ? 'The pipeline has no history, from which orders are counted: its prop `history` is false.'
  : 'Orders are not counted: the history or the orders table cannot be read.');
