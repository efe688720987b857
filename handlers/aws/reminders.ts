import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { digest, type OrderTask, type ReminderMessage } from '#shared';
import { clientConfig } from './client-config';

const scheduler = new SchedulerClient(clientConfig());

interface ReminderEnv {
  readonly SCHEDULE_GROUP_NAME: string;
  readonly SCHEDULE_ROLE_ARN: string;
  readonly TASK_QUEUE_ARN: string;
  readonly TASK_DEAD_LETTER_QUEUE_ARN: string;
}

/** The maximum of EventBridge Scheduler for a day. */
const RETRY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

/** Creates the function that schedules a reminder of a task. The schedule is deleted after it. */
export const reminderScheduler = (env: ReminderEnv) => async ({ orderId, task, token }: OrderTask, reminder: number, at: Date): Promise<void> => {
  const message: ReminderMessage = { orderId, task, token, reminder };
  try {
    await scheduler.send(new CreateScheduleCommand({
      Name: digest(['reminder', token, String(reminder)]).slice(0, 64),
      GroupName: env.SCHEDULE_GROUP_NAME,
      ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: env.TASK_QUEUE_ARN,
        RoleArn: env.SCHEDULE_ROLE_ARN,
        Input: JSON.stringify({ reminder: message }),
        DeadLetterConfig: { Arn: env.TASK_DEAD_LETTER_QUEUE_ARN },
        RetryPolicy: RETRY,
      },
    }));
  } catch (error) {
    // It is scheduled already.
    if (!(error instanceof ConflictException)) throw error;
  }
};
