import { App, Aspects, type IAspect } from 'aws-cdk-lib';
import { CfnPolicy, type PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { FullOrdersStack } from '../../../examples/full/full-orders-stack';

/** MiniStack does not know the condition key `events:source`, and denies every request whose statement has it. */
const withoutEventSource: IAspect = {
  visit(node) {
    if (!(node instanceof CfnPolicy)) return;
    const document = node.stack.resolve(node.policyDocument as PolicyDocument) as { Statement: { Condition?: object }[] };
    for (const statement of document.Statement) if (JSON.stringify(statement.Condition ?? '').includes('events:source')) delete statement.Condition;
    node.policyDocument = document;
  },
};

const app = new App();
new FullOrdersStack(app, 'FullOrders', { local: true });
Aspects.of(app).add(withoutEventSource);
