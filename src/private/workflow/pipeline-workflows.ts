import type { Construct } from 'constructs';
import type { OrderPipelineMonitoring } from '../../order-pipeline-monitoring';
import type { OrderRedrive } from '../../order-redrive';
import { OrderTasks, type OrderTasksProps } from '../../order-tasks';
import { OrderWorkflow } from '../../order-workflow';
import type { OrderWorkflowOptions } from '../../order-workflow-options';

/** The parts of a pipeline to which a workflow is added after them. */
interface PipelineParts extends Construct {
  readonly redrive?: OrderRedrive;
  readonly monitoring: OrderPipelineMonitoring;
}

/** The workflows of a pipeline and their tasks. */
export class PipelineWorkflows {
  public readonly parts: Construct[] = [];
  public tasks?: OrderTasks;

  constructor(private readonly pipeline: PipelineParts, private readonly props: OrderTasksProps) {}

  /** Adds a workflow, and the tasks with the first one that waits for an answer. */
  public add(id: string, options: OrderWorkflowOptions): OrderWorkflow {
    const workflow = new OrderWorkflow(this.pipeline, id, { ...this.props, ...options });
    if (workflow._waitsForAnswers) workflow._useTasks(this.tasks ??= this.addPart(new OrderTasks(this.pipeline, 'Tasks', this.props)));
    return this.addPart(workflow);
  }

  private addPart<Part extends Construct>(part: Part): Part {
    this.parts.push(part);
    this.pipeline.redrive?._addPart(part);
    this.pipeline.monitoring._addPart(part);
    return part;
  }
}
