import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The replica with the lowest ID is the leader for ever; it answers at once and copies puts to the others later. */
public class Replica {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        List<String> ids = new ArrayList<>(List.of(args).subList(1, args.length));
        String me = ids.get(0), primary = Collections.min(ids);
        Map<String, String> store = new HashMap<>();
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        send(socket, port, "\"src\":\"" + me + "\",\"dst\":\"FFFF\",\"leader\":\"" + primary + "\",\"type\":\"hello\"");
        byte[] buffer = new byte[65_536];
        socket.setSoTimeout(200);
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException quiet) {
                if (me.equals(primary)) {
                    send(socket, port, "\"src\":\"" + me + "\",\"dst\":\"FFFF\",\"leader\":\"" + me + "\",\"type\":\"alive\"");
                }
                continue;
            }
            String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
            String type = field(text, "type"), src = field(text, "src"), mid = field(text, "MID");
            String to = "\"src\":\"" + me + "\",\"dst\":\"" + src + "\",\"leader\":\"" + primary + "\",\"MID\":\"" + mid + "\"";
            if (type.equals("alive")) {
                continue;
            } else if (type.equals("copy")) {
                store.put(field(text, "key"), field(text, "value"));
            } else if (!me.equals(primary)) {
                send(socket, port, to + ",\"type\":\"redirect\"");
            } else if (type.equals("put")) {
                store.put(field(text, "key"), field(text, "value"));
                send(socket, port, to + ",\"type\":\"ok\"");
                send(socket, port, "\"src\":\"" + me + "\",\"dst\":\"FFFF\",\"leader\":\"" + primary + "\",\"type\":\"copy\",\"key\":\""
                        + field(text, "key") + "\",\"value\":\"" + field(text, "value") + "\"");
            } else if (type.equals("get")) {
                send(socket, port, to + ",\"type\":\"ok\",\"value\":\"" + store.getOrDefault(field(text, "key"), "") + "\"");
            }
        }
    }

    /** The text of a field, still with its escapes. */
    static String field(String json, String name) {
        Matcher field = Pattern.compile('"' + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return field.find() ? field.group(1) : "";
    }

    static void send(DatagramSocket socket, int port, String members) throws Exception {
        byte[] bytes = ("{" + members + "}").getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
}
