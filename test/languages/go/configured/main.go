package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-order-pipeline/cdk-order-pipeline-go/cdkorderpipeline"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Configured"), nil)
	orders := cdkorderpipeline.NewOrderPipeline(stack, jsii.String("Orders"), &cdkorderpipeline.OrderPipelineProps{
		Api:              cdkorderpipeline.OrderApi_Http(),
		Authentication:   cdkorderpipeline.OrderAuthentication_Iam(),
		MaxOrderSize:     awscdk.Size_Kibibytes(jsii.Number(64)),
		HistoryRetention: awscdk.Duration_Days(jsii.Number(30)),
		ProcessOrder:     &cdkorderpipeline.QueueConsumerOptions{MaxConcurrency: jsii.Number(20)},
		ListOrdersBy:     &[]cdkorderpipeline.OrderListKey{cdkorderpipeline.OrderListKey_CUSTOMER, cdkorderpipeline.OrderListKey_STATUS},
		Csv: &cdkorderpipeline.CsvOptions{
			Columns: &map[string]cdkorderpipeline.CsvColumn{
				"Number":   cdkorderpipeline.CsvColumn_OrderId(nil),
				"Customer": cdkorderpipeline.CsvColumn_Text(jsii.String("/customerId"), nil),
				"SKU":      cdkorderpipeline.CsvColumn_Text(jsii.String("/items/-/sku"), nil),
			},
			DecimalSeparator: jsii.String(","),
		},
		OnExistingOrder: cdkorderpipeline.ExistingOrderPolicy_CHANGE,
		Monitoring: &cdkorderpipeline.OrderPipelineMonitoringOptions{
			AlarmTopic:     awssns.NewTopic(stack, jsii.String("Alarms"), nil),
			RejectedOrders: &cdkorderpipeline.OrderAlarmOptions{Enabled: jsii.Bool(false)},
		},
	})
	rule := orders.Events().OnOrderConfirmed(jsii.String("Shipping"), &cdkorderpipeline.OrderContentEventOptions{
		Target:       awseventstargets.NewSqsQueue(awssqs.NewQueue(stack, jsii.String("ShippingQueue"), nil), nil),
		Currencies:   jsii.Strings("EUR"),
		MinimumTotal: jsii.Number(10000),
	})
	orders.AddDeadLetterQueue(&cdkorderpipeline.DeadLetterQueueOptions{Name: jsii.String("shipping"), DeadLetterQueue: rule.DeadLetterQueue()})
	role := awsiam.NewRole(stack, jsii.String("ShopRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
	})
	orders.Ingest().GrantInvokeApi(role, jsii.String("POST /orders"))
	awscdk.NewCfnOutput(stack, jsii.String("Url"), &awscdk.CfnOutputProps{Value: orders.Ingest().Url()})
	app.Synth(nil)
}
