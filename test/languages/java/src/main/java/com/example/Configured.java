package com.example;

import io.github.cdkorderpipeline.CsvColumn;
import io.github.cdkorderpipeline.CsvOptions;
import io.github.cdkorderpipeline.DeadLetterQueueOptions;
import io.github.cdkorderpipeline.ExistingOrderPolicy;
import io.github.cdkorderpipeline.OrderAlarmOptions;
import io.github.cdkorderpipeline.OrderApi;
import io.github.cdkorderpipeline.OrderAuthentication;
import io.github.cdkorderpipeline.OrderContentEventOptions;
import io.github.cdkorderpipeline.OrderEventRule;
import io.github.cdkorderpipeline.OrderListKey;
import io.github.cdkorderpipeline.OrderPipeline;
import io.github.cdkorderpipeline.OrderPipelineMonitoringOptions;
import io.github.cdkorderpipeline.QueueConsumerOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;

public class Configured {
    public static void main(String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "Configured");
        Map<String, CsvColumn> columns = new LinkedHashMap<>();
        columns.put("Number", CsvColumn.orderId());
        columns.put("Customer", CsvColumn.text("/customerId"));
        columns.put("SKU", CsvColumn.text("/items/-/sku"));
        OrderPipeline orders = OrderPipeline.Builder.create(stack, "Orders")
                .api(OrderApi.http())
                .authentication(OrderAuthentication.iam())
                .maxOrderSize(Size.kibibytes(64))
                .historyRetention(Duration.days(30))
                .processOrder(QueueConsumerOptions.builder().maxConcurrency(20).build())
                .listOrdersBy(List.of(OrderListKey.CUSTOMER, OrderListKey.STATUS))
                .csv(CsvOptions.builder().columns(columns).decimalSeparator(",").build())
                .onExistingOrder(ExistingOrderPolicy.CHANGE)
                .monitoring(OrderPipelineMonitoringOptions.builder()
                        .alarmTopic(new Topic(stack, "Alarms"))
                        .rejectedOrders(OrderAlarmOptions.builder().enabled(false).build())
                        .build())
                .build();
        OrderEventRule rule = orders.getEvents().onOrderConfirmed("Shipping", OrderContentEventOptions.builder()
                .target(new SqsQueue(new Queue(stack, "ShippingQueue")))
                .currencies(List.of("EUR"))
                .minimumTotal(10000)
                .build());
        orders.addDeadLetterQueue(DeadLetterQueueOptions.builder().name("shipping").deadLetterQueue(rule.getDeadLetterQueue()).build());
        Role role = Role.Builder.create(stack, "ShopRole").assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com")).build();
        orders.getIngest().grantInvokeApi(role, "POST /orders");
        CfnOutput.Builder.create(stack, "Url").value(orders.getIngest().getUrl()).build();
        app.synth();
    }
}
