package raftlab.bench;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * A replica that does nothing but make load. 0000 sends; 0001 sends each message back as an
 * acknowledgement.
 *
 * <p>0000 keeps as many messages in flight as its first argument says.
 */
public final class LoadReplica {
  private LoadReplica() {}

  /**
   * {@code args}: mode (a window's size), a message's length, then as any replica: port, own ID,
   * the other's.
   */
  public static void main(String[] args) throws Exception {
    int window = Integer.parseInt(args[0]);
    int length = Integer.parseInt(args[1]);
    int port = Integer.parseInt(args[2]);
    String me = args[3];
    String other = args[4];
    InetAddress localhost = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(0, localhost)) {
      socket.setReceiveBufferSize(4 << 20);
      socket.connect(localhost, port);
      send(
          socket,
          "{\"src\":\"" + me + "\",\"dst\":\"FFFF\",\"leader\":\"FFFF\",\"type\":\"hello\"}");
      String text =
          "{\"src\":\""
              + me
              + "\",\"dst\":\""
              + other
              + "\",\"leader\":\"0000\",\"type\":\"load\",\"value\":\"";
      byte[] message =
          (text + "x".repeat(Math.max(0, length - text.length() - 2)) + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      DatagramPacket out = new DatagramPacket(message, message.length);
      DatagramPacket in = new DatagramPacket(new byte[65_536], 65_536);
      boolean starts = me.equals("0000");
      socket.setSoTimeout(200);
      while (true) {
        try {
          socket.receive(in);
          socket.send(out);
        } catch (java.net.SocketTimeoutException quiet) {
          // The beginning, or all that was on its way has been lost.
          for (int i = 0; starts && i < window; i++) {
            socket.send(out);
          }
        }
      }
    }
  }

  private static void send(DatagramSocket socket, String text) throws java.io.IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length));
  }
}
