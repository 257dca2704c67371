import java.util.ArrayList;
import java.util.List;

public class Main {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        String myId = args[1];
        List<String> others = new ArrayList<>();
        for (int i = 2; i < args.length; i++) others.add(args[i]);

        Mailbox mailbox = new Mailbox(port);
        Replica replica = new Replica(myId, others, mailbox);
        replica.sayHello();
        while (true) {
            try {
                Message m = mailbox.receive();
                if (m != null) replica.handle(m);
                replica.tick();
            } catch (Exception e) {
                System.err.println(myId + " problem: " + e);
            }
        }
    }
}
