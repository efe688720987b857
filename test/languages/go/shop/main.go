package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-order-pipeline/cdk-order-pipeline-go/cdkorderpipeline"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Shop"), nil)
	cdkorderpipeline.NewOrderPipeline(stack, jsii.String("Orders"), nil)
	app.Synth(nil)
}
