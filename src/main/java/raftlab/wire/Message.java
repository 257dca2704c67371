package raftlab.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * One message of the contract: the four fields that every message has, the message ID if it has
 * one, and whatever else its type carries.
 *
 * <p>A message never changes; nobody may change what {@link #fields} returns. Its JSON form and its
 * fields are each made from the other only when somebody asks: the emulated network forwards bytes
 * without ever building a tree, and in the simulated world nothing is rendered.
 */
public final class Message {
  /** The largest payload of a UDP datagram, in bytes. */
  public static final int MAX_BYTES = 65_507;

  /**
   * The fields of a longer datagram are read anew each time: a tree can take a hundred times the
   * room of its text, and a run keeps all its messages.
   */
  private static final int MOST_BYTES_READ_ONCE = 8_192;

  /** The type of a replica's first datagram. */
  public static final String HELLO = "hello";

  /** The type of a client's read. */
  public static final String GET = "get";

  /** The type of a client's write. */
  public static final String PUT = "put";

  /** The type of a client's write that adds to the end of a value (extension). */
  public static final String APPEND = "append";

  /** The type of a client's write that depends on the present value (extension). */
  public static final String CAS = "cas";

  /** The type of the request to take one more replica into the cluster (extension). */
  public static final String ADD = "add";

  /** The type of the request to take a replica out of the cluster (extension). */
  public static final String REMOVE = "remove";

  /** The type of the request to let another replica lead (extension). */
  public static final String TRANSFER = "transfer";

  /** The type of the answer "done". */
  public static final String OK = "ok";

  /** The type of the answer "not done now". */
  public static final String FAIL = "fail";

  /** The type of the answer "ask the replica in {@code leader}". */
  public static final String REDIRECT = "redirect";

  /** The type of the answer to {@link #CAS} "the value is another" (extension). */
  public static final String MISMATCH = "mismatch";

  private final Id src;
  private final Id dst;
  private final Id leader;
  private final String type;
  private final String mid;
  private final int received;

  /** Bytes that it has at most, as far as anybody looked; 0 until then. */
  private int room;

  private JsonObject fields;
  private byte[] bytes;

  Message(Id src, Id dst, Id leader, String type, String mid, JsonObject fields, byte[] bytes) {
    this.src = src;
    this.dst = dst;
    this.leader = leader;
    this.type = type;
    this.mid = mid;
    this.received = bytes == null ? 0 : bytes.length;
    this.room = received;
    this.fields = fields;
    this.bytes = bytes;
  }

  /**
   * A new message.
   *
   * @param mid the message ID, or null for none
   * @param fields the further fields; the message keeps this object, so the caller must not change
   *     it afterwards
   */
  public static Message of(Id src, Id dst, Id leader, String type, String mid, JsonObject fields) {
    return new Message(src, dst, leader, type, mid, fields, null);
  }

  /** A client's read of a key. */
  public static Message get(Id client, Id replica, Id leader, String mid, String key) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    return of(client, replica, leader, GET, mid, fields);
  }

  /** A client's write of a key. */
  public static Message put(
      Id client, Id replica, Id leader, String mid, String key, String value) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    fields.addProperty("value", value);
    return of(client, replica, leader, PUT, mid, fields);
  }

  /**
   * Reads a whole datagram, fields and all; for whoever acts on the content.
   *
   * @throws MalformedMessageException if it isn't a message of the contract
   */
  public static Message parse(byte[] datagram) throws MalformedMessageException {
    return MessageJson.parse(datagram);
  }

  /**
   * Reads only the fields that every message has, and keeps the bytes; for whoever passes the
   * message on.
   *
   * @throws MalformedMessageException if it isn't a message of the contract
   */
  public static Message scan(byte[] datagram) throws MalformedMessageException {
    return MessageJson.scan(datagram);
  }

  /** Who sent it. */
  public Id src() {
    return src;
  }

  /** Whom it is for; {@link Id#BROADCAST} for all other replicas. */
  public Id dst() {
    return dst;
  }

  /** Whom the sender believes to be the leader; {@link Id#BROADCAST} if it knows none. */
  public Id leader() {
    return leader;
  }

  /** What kind of message it is. */
  public String type() {
    return type;
  }

  /** The client's message ID, or null. */
  public String mid() {
    return mid;
  }

  /** All further fields, without src, dst, leader, type and MID. Not to be changed. */
  public JsonObject fields() {
    if (fields != null) {
      return fields;
    }
    JsonObject read = MessageJson.fieldsOf(bytes);
    if (bytes.length <= MOST_BYTES_READ_ONCE) {
      fields = read;
    }
    return read;
  }

  /** The field's text, or null if there is no such field or it isn't a string. */
  public String text(String field) {
    JsonElement value = fields().get(field);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? value.getAsString()
        : null;
  }

  /** The datagram: as it was received, or else rendered. Not to be changed. */
  public byte[] bytes() {
    if (bytes == null) {
      bytes = MessageJson.render(this);
    }
    return bytes;
  }

  /** Whether the message fits into a datagram, as it is encoded. */
  public boolean fits() {
    // Nearly all are small, and not rendered yet if they only live in the simulated world.
    room = bytes == null ? MessageSize.atMost(MAX_BYTES, fields) : bytes.length;
    return room < MAX_BYTES || bytes().length <= MAX_BYTES;
  }

  /**
   * Makes sure that the message fits into a datagram.
   *
   * @throws IllegalArgumentException if it doesn't
   */
  public void checkSize() {
    if (!fits()) {
      throw new IllegalArgumentException(
          "a message of " + bytes().length + " bytes does not fit into a datagram");
    }
  }

  /**
   * How many bytes of memory it takes, roughly: what {@link #checkSize} found, or the length of the
   * datagram that it was read from; 0 if neither is known.
   */
  public int room() {
    return room;
  }

  /** The length of the datagram that it was read from, in bytes; 0 if it was made otherwise. */
  public int receivedBytes() {
    return received;
  }

  /** The JSON form. */
  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8).stripTrailing();
  }
}
