import java.io.IOException;
import java.net.*;
import java.nio.charset.StandardCharsets;

/** Sends and receives messages over UDP. */
public class Mailbox {
    private final DatagramSocket socket;
    private final InetAddress localhost;
    private final int port;
    private final byte[] buffer = new byte[65535];

    public Mailbox(int port) throws IOException {
        this.port = port;
        this.localhost = InetAddress.getByName("localhost");
        this.socket = new DatagramSocket(0, localhost);
        this.socket.setSoTimeout(10);
    }

    public void send(Message m) {
        byte[] data = JsonWriter.write(m.getFields()).getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(data, data.length, localhost, port));
        } catch (IOException e) {
            System.err.println("could not send: " + e);
        }
    }

    /** Returns null if nothing arrived. */
    public Message receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        return new Message(new JsonParser(text).parseObject());
    }
}
