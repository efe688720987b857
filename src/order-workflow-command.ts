import { CONFIRMATION_DECISION, EVENT_TYPE } from './private/contract';
import { literal, stepKey } from './private/workflow/expressions';
import type { WorkflowEvent } from './private/workflow/publish-state';

/** Why a workflow failed: in the state after a failure. */
const FAILURE = '$states.input.workflowFailure';
const FAILURE_TEXT = `"workflow " & $workflow.name & " failed at " & ${FAILURE}.step & ": " & ${FAILURE}.code`;

/** Reasons have codes of one form. The name of an error has another. */
const FAILURE_CODE = `($contains(${FAILURE}.code, /^[A-Z][A-Z0-9_]{0,63}$/) ? ${FAILURE}.code : "STEP_FAILED")`;

/** The event that started the workflow has the ID of the decision for which the order waits. */
const decision = (of: string): string => `"decisionId": $states.input.data.confirmation.decisionId, "decision": ${literal(of)}`;

/**
 * The command with which a workflow ends. The workflow publishes it on the bus, like another system, with an ID that a repeat shares.
 */
export class OrderWorkflowCommand {
  /** Fulfills the order: `OrderFulfilled`. */
  public static fulfill(): OrderWorkflowCommand {
    return new OrderWorkflowCommand(EVENT_TYPE.ORDER_FULFILLED, 'fulfill', () => '{}');
  }

  /**
   * Cancels the order: `OrderCancellationRequested`.
   *
   * @param reason 1 to 500 characters; by default, which step of which workflow failed, and its code.
   */
  public static cancel(reason?: string): OrderWorkflowCommand {
    return new OrderWorkflowCommand(EVENT_TYPE.ORDER_CANCELLATION_REQUESTED, 'cancel', (hasFailed) => {
      const text = reason === undefined ? hasFailed ? FAILURE_TEXT : '"workflow " & $workflow.name' : literal(reason);
      return `{"reason": $substring(${text}, 0, 500)}`;
    });
  }

  /** Confirms the pending order: `OrderConfirmationDecided` with the decision `CONFIRM`. */
  public static confirm(): OrderWorkflowCommand {
    return new OrderWorkflowCommand(EVENT_TYPE.ORDER_CONFIRMATION_DECIDED, 'confirm', () => `{${decision(CONFIRMATION_DECISION.CONFIRM)}}`);
  }

  /**
   * Rejects the pending order: `OrderConfirmationDecided` with the decision `REJECT`.
   *
   * @param code    of the reason, 1 to 64 of A-Z 0-9 _, the first of A-Z; by default, the code of the step that failed, or STEP_FAILED if it is another error.
   * @param message of the reason; by default, which step of which workflow failed.
   */
  public static reject(code?: string, message?: string): OrderWorkflowCommand {
    return new OrderWorkflowCommand(EVENT_TYPE.ORDER_CONFIRMATION_DECIDED, 'reject', (hasFailed) => {
      const codeText = code === undefined ? hasFailed ? FAILURE_CODE : '"REJECTED"' : literal(code);
      const messageText = message === undefined ? hasFailed ? FAILURE_TEXT : '"workflow " & $workflow.name' : literal(message);
      return `{${decision(CONFIRMATION_DECISION.REJECT)}, "reasons": [{"code": ${codeText}, "message": $substring(${messageText}, 0, 500)}]}`;
    });
  }

  private constructor(private readonly type: string, private readonly name: string, private readonly dataOf: (hasFailed: boolean) => string) {}

  /**
   * Whether it is about a pending order.
   *
   * @internal
   */
  public get _isDecision(): boolean {
    return this.type === EVENT_TYPE.ORDER_CONFIRMATION_DECIDED;
  }

  /** @internal */
  public _event(hasFailed: boolean): WorkflowEvent {
    return { type: literal(this.type), eventId: stepKey(this.name), data: this.dataOf(hasFailed), isRequest: true };
  }
}
