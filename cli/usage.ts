/** The text of `--help`. */
export const USAGE = `Usage: cdk-order-pipeline try --stack <name> [options]
       cdk-order-pipeline redrive --stack <name> [options]
       cdk-order-pipeline replay --stack <name> --from <time> --to <time> --rule <name>... [options]
       cdk-order-pipeline replay-stream --stack <name> --function <name> --day <day>... [options]
       cdk-order-pipeline contracts --out <folder> [options]
       cdk-order-pipeline erase --stack <name> --customer <id> [options]
       cdk-order-pipeline console --stack <name> [options]
       cdk-order-pipeline status|orders|files|dead-letters|events --stack <name> [options]
       cdk-order-pipeline local [--endpoint <url>] -- <command>
       cdk-order-pipeline local --stop

TRY places an order, waits until it is confirmed or rejected, and prints each request as a curl command, its response and the history of the
order. The order is a real one: subscribers of its events receive it.

  --stack <name>          CloudFormation stack of the pipeline, which has the URL and the API key in its outputs; or --url
  --url <url>             URL of the API
  --pipeline <name>       pipeline of the stack, if it has several
  --order <file>          order to place, as JSON; by default, an example of the pipeline's order model
  --header <header>       header of the requests, such as 'Authorization: Bearer <token>'; can be given several times
  --timeout <duration>    time to wait for the outcome, such as 30s or 5m; by default, 60s
  --region, --profile, --help as below

REDRIVE moves messages from the dead-letter queues of an order pipeline back to their source queues.
Without --execute, it shows what it would move. With --execute, it invokes the function of the pipeline until everything is moved. Ctrl-C
stops it after the current invocation; the same command continues.

Pipeline (exactly one of --stack and --function)
  --stack <name>          CloudFormation stack of the pipeline; requires permission to list its resources
  --function <name>       function redrive-dead-letters of the pipeline, by name or ARN
  --region <region>       AWS region; by default, the region of your AWS configuration
  --profile <name>        profile of your AWS configuration
                          Set AWS_ENDPOINT_URL to use another endpoint, such as a local AWS.

Messages
  --queue <name>          only this dead-letter queue, such as orders, processing or history; --list shows the names
  --order <id>            only messages of this order
  --tenant <name>         only messages about orders of this tenant
  --error <text>          only messages whose reason contains this text
  --older-than <age>      only messages sent at least this long ago, such as 90s, 30m, 2h or 3d
  --newer-than <age>      only messages sent less than this long ago
  --limit <number>        at most this many messages of each queue, 1 to 1000000; by default, all

Actions
  --list                  list the messages
  --execute               move the messages
  --max-per-second <n>    messages to move per second, 1 to 1000; by default, 100
  --json                  print the result as JSON
  --help                  print this help

REPLAY publishes archived events again, to the rules given only, and shows the progress. Ctrl-C does not end the replay.

  --stack <name>          CloudFormation stack of the pipeline; or --archive
  --archive <name>        archive of the bus
  --from <time>           time of the first event, such as 2026-11-26T12:00:00Z or, before now, 2h
  --to <time>             time of the last event
  --rule <name>           rule of the bus that receives the events; can be given several times; an unknown name shows the rules of the bus
  --list                  list the past replays of the archive
  --region, --profile, --json, --help as above

REPLAY-STREAM invokes a consumer of a stream again with the events of days, from the bucket of the stream. Without --execute, it shows how much it
would read. Events are in the day of their arrival, which can be later than that of the event. Ctrl-C stops it after the current invocation.

  --stack <name>          CloudFormation stack of the pipeline; or --bucket
  --bucket <name>         bucket of the stream
  --prefix <prefix>       beginning of all keys, the prop prefix of the stream
  --function <name>       function that receives the events, by name or ARN
  --day <day>             day of arrival in UTC, such as 2026-11-26; can be given several times
  --type <type>           only events of this type, such as OrderConfirmed; can be given several times
  --order <id>            only events of this order
  --tenant <name>         only events about orders of this tenant
  --start-after <key>     only objects after this one, as the command prints it when it is incomplete
  --execute               replay the events
  --region, --profile, --help as above

CONTRACTS writes JSON Schemas, OpenAPI, AsyncAPI and examples of the orders of a pipeline, without AWS.

  --out <folder>          folder to write to
  --title <text>          title of the documents; by default, Orders
  --extension <file>      JSON Schema of fields beside those of the standard model
  --model <file>          JSON Schema of a model of your own, with --fact orderId=<pointer>
  --fact <name=pointer>   JSON Pointer to a fact, such as customerId=/buyer/id; can be given several times
  --changeable <pointer>  JSON Pointer to what can be changed; can be given several times

ERASE removes or replaces the personal data of a customer in the orders, their history and whatever else the pipeline stores. Without --execute, it shows
what it would erase, and where data stays for how long. The order model marks what is personal. No event is published. Run it again when commands that
were under way are processed.

  --stack <name>          CloudFormation stack of the pipeline
  --pipeline <name>       pipeline of the stack, if it has several
  --customer <id>         ID of the customer, as orders have it
  --tenant <name>         tenant of the customer, in a pipeline with tenants
  --field <pointer>       further personal field, such as /lines/*/note; can be given several times
  --delete-files          delete the order files that name the customer, with the orders of others in them
  --skip-files            do not search order files
  --execute               erase
  --region, --profile, --json, --help as above

CONSOLE serves a page about a pipeline on this machine: its resources and queues, orders, files, dead letters and events. It prints the URL, which has
the token of the run. It only reads unless changes are allowed, and masks the contents of orders unless they are shown. Ctrl-C stops it.

  --stack <name>          CloudFormation stack of the pipeline
  --pipeline <name>       pipeline of the stack, if it has several
  --port <number>         port of the page; by default, any free one
  --allow-changes         allow to redrive messages, to upload files, and to place, change and cancel orders
  --show-contents         show the contents of orders
  --header <header>       header of the requests to the API, such as 'Authorization: Bearer <token>'; can be given several times
  --region, --profile, --help as above

STATUS, ORDERS, FILES, DEAD-LETTERS and EVENTS print what the console shows, and with --json the answers of its server.

  --stack, --pipeline, --show-contents as for CONSOLE
  orders                  --order <id> for one order with its history, or --customer, --status, --external-reference or --file <id>
  files                   --file <id> for one file, or --state <state>
  events                  --order <id>, --type <type>
  --tenant <name>         tenant of the orders, files or events, in a pipeline with tenants
  --cursor <cursor>       next page of orders or files
  --json                  print the result as JSON
  --region, --profile, --help as above

LOCAL runs a command with a local AWS, such as 'cdk-order-pipeline local -- npx cdk deploy'. It installs MiniStack with Python, starts it in the
background, and bootstraps it before 'cdk deploy'. The command reaches no AWS account. The exit status is that of the command.

  --endpoint <url>        MiniStack that is running, such as one in Docker; by default, that of the current folder, which is started
  --stop                  stop the one of the current folder, which deletes everything in it
  --help as above

Exit status: 0 success, 1 failure, 2 usage error, 3 incomplete (run the command again).
`;
