from aws_cdk import App, CfnOutput, Duration, Size, Stack
from aws_cdk.aws_events_targets import SqsQueue
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sqs import Queue
from cdk_order_pipeline import (
    CsvColumn,
    CsvOptions,
    ExistingOrderPolicy,
    OrderAlarmOptions,
    OrderApi,
    OrderAuthentication,
    OrderListKey,
    OrderPipeline,
    OrderPipelineMonitoringOptions,
    QueueConsumerOptions,
)

app = App()
stack = Stack(app, "Configured")
orders = OrderPipeline(
    stack,
    "Orders",
    api=OrderApi.http(),
    authentication=OrderAuthentication.iam(),
    max_order_size=Size.kibibytes(64),
    history_retention=Duration.days(30),
    process_order=QueueConsumerOptions(max_concurrency=20),
    list_orders_by=[OrderListKey.CUSTOMER, OrderListKey.STATUS],
    csv=CsvOptions(
        columns={
            "Number": CsvColumn.order_id(),
            "Customer": CsvColumn.text("/customerId"),
            "SKU": CsvColumn.text("/items/-/sku"),
        },
        decimal_separator=",",
    ),
    on_existing_order=ExistingOrderPolicy.CHANGE,
    monitoring=OrderPipelineMonitoringOptions(
        alarm_topic=Topic(stack, "Alarms"),
        rejected_orders=OrderAlarmOptions(enabled=False),
    ),
)
rule = orders.events.on_order_confirmed(
    "Shipping",
    target=SqsQueue(Queue(stack, "ShippingQueue")),
    currencies=["EUR"],
    minimum_total=10000,
)
orders.add_dead_letter_queue(name="shipping", dead_letter_queue=rule.dead_letter_queue)
orders.ingest.grant_invoke_api(
    Role(stack, "ShopRole", assumed_by=ServicePrincipal("ecs-tasks.amazonaws.com")),
    "POST /orders",
)
CfnOutput(stack, "Url", value=orders.ingest.url)
app.synth()
