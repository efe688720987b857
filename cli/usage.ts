/** What can be typed. */
export const USAGE = `Usage: cdk-order-pipeline redrive --stack <name> [options]

Puts back what failed: messages in the dead-letter queues of an order pipeline go back into the queues they came from.
Without --execute it only says what it would do.

Which pipeline
  --stack <name>          the CloudFormation stack that it is in, whose resources you may list, or
  --function <name>       its function redrive-dead-letters, by name or ARN
  --region <region>       where it is; otherwise what your AWS configuration says
  --profile <name>        of your AWS configuration
                          AWS_ENDPOINT_URL leads to another AWS, such as a local one

Which messages
  --queue <name>          of one dead-letter queue, such as orders, processing or history; --list shows the names
  --order <id>            about one order
  --error <text>          with this text in the reason
  --older-than <age>      sent at least so long ago, such as 90s, 30m, 2h or 3d
  --newer-than <age>      sent less long ago
  --limit <number>        at most so many of each queue, 1 to 10000

What to do
  --list                  show what is there
  --execute               move it
  --max-per-second <n>    no faster than this, 1 to 100; otherwise 10
  --json                  print the answer as JSON
  --help                  print this

It ends with 0 when everything was done, 1 when something failed, 2 when it cannot make sense of what was typed, and 3 when it was not
finished: run it again then.
`;
