import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { validateDeadLetterQueue } from './monitoring-findings';
import type { PipelineDashboard } from './road-dashboard';
import { watchOwnDeadLetters } from './watch-queues';
import type { OrderPipelineMonitoringProps } from '../../order-pipeline-monitoring';
import { assertProps } from '../validate';

/** Watches dead-letter queues of the app's own. */
export class OwnDeadLetters extends Construct {
  private readonly watched: IQueue[] = [];

  constructor(
    private readonly monitoring: Construct,
    private readonly props: OrderPipelineMonitoringProps,
    private readonly board: AlarmBoard,
    private readonly drawn?: PipelineDashboard,
  ) {
    super(monitoring, 'DeadLetterQueues');
  }

  /** Watches one more. */
  public watch(id: string, queue: IQueue): void {
    assertProps(this.monitoring, validateDeadLetterQueue(queue, this.props, this.watched));
    this.watched.push(queue);
    watchOwnDeadLetters(this, id, queue, this.board);
    this.drawn?.addDeadLetters(queue, id);
    this.drawn?.showAlarms(this.board);
  }
}
