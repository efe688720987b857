from aws_cdk import App, Stack
from cdk_order_pipeline import OrderPipeline

app = App()
stack = Stack(app, "Shop")
OrderPipeline(stack, "Orders")
app.synth()
