"""
Starts MiniStack, with a correction for REST APIs:
- Its events do not contain the API key of the request, which AWS documents in `requestContext.identity`.

And with two for HTTP APIs:
- It sends events of the payload format 2.0 to handlers, whichever format their integration has. Here, an integration with the format 1.0 gets events of
  that format, as AWS documents it: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
- It does not read a CORS configuration that CloudFormation sets, because of the case of its names.

And with three for Step Functions:
- It does not evaluate JSONata in `TimeoutSeconds`.
- A task that waits for its token keeps waiting when its function fails. On AWS, the task fails, and its state retries it.
- The branches of a parallel state share the token of a task.

And with one for DynamoDB:
- Items that a PartiQL statement inserts are not in the stream of their table.

And with one for functions:
- A burst starts one process per invocation, which occupies the machine for seconds. Here, a function has at most MAX_PROCESSES; invocations wait for one.

And with one for WebSocket APIs:
- It accepts connections without the subprotocol that the handler of $connect selects, as browsers require:
  https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html
"""
import sys
from contextvars import ContextVar
from threading import BoundedSemaphore, Lock
from urllib.parse import parse_qs

from ministack.app import main
from ministack.services import apigateway, apigateway_v1, dynamodb, lambda_svc, stepfunctions

MAX_PROCESSES = 8

api_key = ContextVar("api_key", default=None)
check_api_key = apigateway_v1._check_api_key
build_lambda_event = apigateway_v1._build_lambda_event_v1
payload_format = ContextVar("payload_format", default="2.0")
invoke_lambda_proxy = apigateway._invoke_lambda_proxy
run_reentrant = apigateway.run_reentrant
execute_task = stepfunctions._execute_task
run_sub_machine = stepfunctions._run_sub_machine
invoke_with_callback = stepfunctions._invoke_with_callback
call_lambda = stepfunctions._call_lambda
task_token = ContextVar("task_token", default=None)
partiql_insert = dynamodb._partiql_insert
execute_function = lambda_svc._execute_function_warm
processes = {}
processes_lock = Lock()
invoke_ws_lambda = apigateway._invoke_ws_lambda
handle_websocket = apigateway.handle_websocket
subprotocol = ContextVar("subprotocol", default=None)
cors_functions = {name: getattr(apigateway, name) for name in ("_cors_response_headers", "_cors_preflight_response")}


def remember_api_key(*args, **kwargs):
    error, key = check_api_key(*args, **kwargs)
    api_key.set(key)
    return error, key


def build_event_with_api_key(*args, **kwargs):
    event = build_lambda_event(*args, **kwargs)
    key = api_key.get()
    if key:
        event["requestContext"]["identity"].update({"apiKey": key["value"], "apiKeyId": key["id"]})
    return event


async def remember_format(integration, *args, **kwargs):
    token = payload_format.set(str(integration.get("payloadFormatVersion") or "2.0"))
    try:
        return await invoke_lambda_proxy(integration, *args, **kwargs)
    finally:
        payload_format.reset(token)


async def invoke_with_format(function, *args, **kwargs):
    if kwargs.get("thread_name") == "ministack-apigw-invoke" and payload_format.get() == "1.0":
        record, event = args
        args = (record, to_version_1(event))
    return await run_reentrant(function, *args, **kwargs)


def to_version_1(event):
    context, http = event["requestContext"], event["requestContext"]["http"]
    resource = event["routeKey"].split(" ", 1)[-1]
    query = parse_qs(event["rawQueryString"] or "", keep_blank_values=True)
    return {
        "version": "1.0",
        "resource": resource,
        "path": event["rawPath"],
        "httpMethod": http["method"],
        "headers": event["headers"],
        "multiValueHeaders": {name: [value] for name, value in event["headers"].items()},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "requestContext": {
            "accountId": context["accountId"],
            "apiId": context["apiId"],
            "authorizer": authorizer_of(context.get("authorizer") or {}),
            "domainName": context["domainName"],
            "domainPrefix": context["apiId"],
            "extendedRequestId": context["requestId"],
            "httpMethod": http["method"],
            "identity": identity_of(http, (context.get("authorizer") or {}).get("iam") or {}),
            "path": event["rawPath"],
            "protocol": http["protocol"],
            "requestId": context["requestId"],
            "requestTime": context["time"],
            "requestTimeEpoch": context["timeEpoch"],
            "resourceId": event["routeKey"],
            "resourcePath": resource,
            "stage": context["stage"],
        },
        "pathParameters": event.get("pathParameters") or None,
        "stageVariables": None,
        "body": event.get("body"),
        "isBase64Encoded": event["isBase64Encoded"],
    }


def authorizer_of(authorizer):
    if "jwt" in authorizer:
        return {"claims": authorizer["jwt"]["claims"], "scopes": authorizer["jwt"]["scopes"] or None}
    if "lambda" in authorizer:
        return authorizer["lambda"]
    return {"claims": None, "scopes": None}


def identity_of(http, iam):
    return {
        "accessKey": iam.get("accessKey"),
        "accountId": iam.get("accountId"),
        "caller": iam.get("callerId"),
        "sourceIp": http["sourceIp"],
        "user": iam.get("userId"),
        "userAgent": http["userAgent"],
        "userArn": iam.get("userArn"),
    }


async def remember_subprotocol(*args, **kwargs):
    response = await invoke_ws_lambda(*args, **kwargs)
    if args[6] == "CONNECT":
        headers = {name.lower(): value for name, value in ((response or {}).get("headers") or {}).items()}
        subprotocol.set(headers.get("sec-websocket-protocol"))
    return response


async def handle_with_subprotocol(scope, receive, send, *args, **kwargs):
    async def accept(message):
        is_selected = message["type"] == "websocket.accept" and subprotocol.get()
        await send({**message, "subprotocol": subprotocol.get()} if is_selected else message)

    await handle_websocket(scope, receive, accept, *args, **kwargs)


def with_cors_names(function):
    return lambda cors, origin: function({name[0].lower() + name[1:]: value for name, value in (cors or {}).items()}, origin)


def execute_task_with_timeout(state, data, execution, context):
    if isinstance(state.get("TimeoutSeconds"), str):
        state = {**state, "TimeoutSeconds": stepfunctions._jsonata_state_field(state, "TimeoutSeconds", "number", data, context)}
    return execute_task(state, data, execution, context)


def invoke_with_token(resource, data, token, state):
    previous = task_token.set(token)
    try:
        return invoke_with_callback(resource, data, token, state)
    finally:
        task_token.reset(previous)


def call_lambda_or_fail_task(function, event):
    try:
        return call_lambda(function, event)
    except stepfunctions._ExecutionError as error:
        task = stepfunctions._task_tokens.get(task_token.get())
        if task:
            task["error"] = {"Error": error.error, "Cause": error.cause}
            task["event"].set()
        raise


def run_branch(states, start, data, execution, context):
    return run_sub_machine(states, start, data, execution, {**context})


def insert_with_stream(table, parsed):
    response = partiql_insert(table, parsed)
    if response[0] == 200:
        item = parsed["item"]
        inserted = item["M"] if set(item) == {"M"} else item
        dynamodb._emit_stream_event(parsed["table"], "INSERT", None, inserted)
    return response


def execute_when_free(function, event, request_id):
    config = function.get("config") or function
    with processes_lock:
        free = processes.setdefault(config.get("FunctionArn"), BoundedSemaphore(MAX_PROCESSES))
    with free:
        return execute_function(function, event, request_id)


for name, function in cors_functions.items():
    setattr(apigateway, name, with_cors_names(function))
apigateway_v1._check_api_key = remember_api_key
apigateway_v1._build_lambda_event_v1 = build_event_with_api_key
apigateway._invoke_ws_lambda = remember_subprotocol
apigateway.handle_websocket = handle_with_subprotocol
apigateway._invoke_lambda_proxy = remember_format
apigateway.run_reentrant = invoke_with_format
stepfunctions._execute_task = execute_task_with_timeout
stepfunctions._run_sub_machine = run_branch
stepfunctions._invoke_with_callback = invoke_with_token
stepfunctions._call_lambda = call_lambda_or_fail_task
dynamodb._partiql_insert = insert_with_stream
lambda_svc._execute_function_warm = execute_when_free
sys.exit(main())
