import { App, Aspects, type IAspect } from 'aws-cdk-lib';
import { CfnPolicy, type PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { FullOrdersStack } from '../../../examples/full/full-orders-stack';

interface Statement {
  Action: string | string[];
  Condition?: object;
}

/** SQS authorizes a batch as its single request; MiniStack names an action of its own. */
const SQS_BATCHES = ['sqs:SendMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];

/** Adapts policies to MiniStack, which denies every request whose statement has the condition key `events:source`. */
const forMiniStack: IAspect = {
  visit(node) {
    if (!(node instanceof CfnPolicy)) return;
    const document = node.stack.resolve(node.policyDocument as PolicyDocument) as { Statement: Statement[] };
    for (const statement of document.Statement) {
      const actions = [statement.Action].flat();
      statement.Action = [...actions, ...actions.filter((action) => SQS_BATCHES.includes(action)).map((action) => `${action}Batch`)];
      if (JSON.stringify(statement.Condition ?? '').includes('events:source')) delete statement.Condition;
    }
    node.policyDocument = document;
  },
};

const app = new App();
new FullOrdersStack(app, 'FullOrders', { local: true, core: true });
Aspects.of(app).add(forMiniStack);
