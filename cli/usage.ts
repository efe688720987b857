/** The text of `--help`. */
export const USAGE = `Usage: cdk-order-pipeline redrive --stack <name> [options]

Moves messages from the dead-letter queues of an order pipeline back to their source queues.
Without --execute, it shows what it would move.

Pipeline (exactly one of --stack and --function)
  --stack <name>          CloudFormation stack of the pipeline; requires permission to list its resources
  --function <name>       function redrive-dead-letters of the pipeline, by name or ARN
  --region <region>       AWS region; by default, the region of your AWS configuration
  --profile <name>        profile of your AWS configuration
                          Set AWS_ENDPOINT_URL to use another endpoint, such as a local AWS.

Messages
  --queue <name>          only this dead-letter queue, such as orders, processing or history; --list shows the names
  --order <id>            only messages of this order
  --error <text>          only messages whose reason contains this text
  --older-than <age>      only messages sent at least this long ago, such as 90s, 30m, 2h or 3d
  --newer-than <age>      only messages sent less than this long ago
  --limit <number>        at most this many messages of each queue, 1 to 10000; by default, 10000

Actions
  --list                  list the messages
  --execute               move the messages
  --max-per-second <n>    messages to move per second, 1 to 100; by default, 10
  --json                  print the result as JSON
  --help                  print this help

Exit status: 0 success, 1 failure, 2 usage error, 3 incomplete (run the command again).
`;
