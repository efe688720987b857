import java.io.File;
import org.apache.activemq.broker.BrokerService;

/** Runs ActiveMQ with STOMP on a port of 127.0.0.1, and keeps its messages in a folder. */
public class RunBroker {
  public static void main(String[] args) throws Exception {
    BrokerService broker = new BrokerService();
    broker.setUseJmx(false);
    broker.setDataDirectoryFile(new File(args[1]));
    broker.addConnector("stomp://127.0.0.1:" + args[0]);
    broker.start();
    broker.waitUntilStopped();
  }
}
