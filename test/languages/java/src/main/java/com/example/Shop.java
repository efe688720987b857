package com.example;

import io.github.cdkorderpipeline.OrderPipeline;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

public class Shop {
    public static void main(String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "Shop");
        new OrderPipeline(stack, "Orders");
        app.synth();
    }
}
