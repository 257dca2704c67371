package raftlab.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message of the contract: the four fields of every message, the message ID if there is one,
 * and the further fields of its type.
 *
 * <p>A message is immutable; callers must not change what {@link #fields} returns. The JSON form
 * and the fields are each built from the other on demand: the emulated network forwards bytes
 * without parsing all fields, and the simulated world doesn't encode messages.
 */
public final class Message {
  /** The largest payload of a UDP datagram, in bytes. */
  public static final int MAX_BYTES = 65_507;

  /**
   * The fields of a longer datagram are parsed on each call and not cached: the parsed form can
   * take a hundred times the memory of its text, and a run keeps all its messages.
   */
  private static final int MAX_CACHED_FIELDS_BYTES = 8_192;

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

  /** The type of the request to add a replica to the cluster (extension, §6). */
  public static final String ADD = "add";

  /** The type of the request to remove a replica from the cluster (extension, §6). */
  public static final String REMOVE = "remove";

  /**
   * The type of the request to transfer leadership to another replica (extension, dissertation
   * §3.10).
   */
  public static final String TRANSFER = "transfer";

  /** The type of the answer "done". */
  public static final String OK = "ok";

  /** The type of the answer "not done; try again". */
  public static final String FAIL = "fail";

  /** The type of the answer "ask the replica in {@code leader}". */
  public static final String REDIRECT = "redirect";

  /** The type of the answer to {@link #CAS} "the value is a different one" (extension). */
  public static final String MISMATCH = "mismatch";

  private final Id src;
  private final Id dst;
  private final Id leader;
  private final String type;
  private final @Nullable String mid;
  private final int receivedBytes;

  /** An upper bound of its bytes, if one was computed; else 0. */
  private int approximateBytes;

  /** Null until they are parsed; then {@link #bytes} are there. */
  private @Nullable JsonObject fields;

  /** Null until they are encoded; then {@link #fields} are there. */
  private byte @Nullable [] bytes;

  Message(
      Id src,
      Id dst,
      Id leader,
      String type,
      @Nullable String mid,
      @Nullable JsonObject fields,
      byte @Nullable [] bytes) {
    this.src = src;
    this.dst = dst;
    this.leader = leader;
    this.type = type;
    this.mid = mid;
    this.receivedBytes = bytes == null ? 0 : bytes.length;
    this.approximateBytes = receivedBytes;
    this.fields = fields;
    this.bytes = bytes;
  }

  /**
   * Creates a message.
   *
   * @param mid the message ID, or null for none
   * @param fields the further fields; the message keeps this object, so the caller must not change
   *     it afterwards
   */
  public static Message of(
      Id src, Id dst, Id leader, String type, @Nullable String mid, JsonObject fields) {
    return new Message(src, dst, leader, type, mid, fields, null);
  }

  /** Creates a client's read of a key. */
  public static Message get(Id client, Id replica, Id leader, String mid, @Nullable String key) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    return of(client, replica, leader, GET, mid, fields);
  }

  /** Creates a client's write of a key. */
  public static Message put(
      Id client, Id replica, Id leader, String mid, @Nullable String key, @Nullable String value) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    fields.addProperty("value", value);
    return of(client, replica, leader, PUT, mid, fields);
  }

  /**
   * Parses a whole datagram with all fields. For callers that use the content.
   *
   * @throws MalformedMessageException if it isn't a message of the contract
   */
  public static Message parse(byte[] datagram) throws MalformedMessageException {
    return MessageJson.parse(datagram);
  }

  /**
   * Parses only the fields that every message has, and keeps the bytes. For callers that forward
   * the message.
   *
   * @throws MalformedMessageException if it isn't a message of the contract
   */
  public static Message parseHeader(byte[] datagram) throws MalformedMessageException {
    return MessageJson.parseHeader(datagram);
  }

  /** Returns the sender. */
  public Id src() {
    return src;
  }

  /** Returns the receiver; {@link Id#BROADCAST} for all other replicas. */
  public Id dst() {
    return dst;
  }

  /**
   * Returns the replica that the sender believes to be the leader; {@link Id#BROADCAST} for none.
   */
  public Id leader() {
    return leader;
  }

  /** Returns the type. */
  public String type() {
    return type;
  }

  /** Returns the client's message ID, or null. */
  public @Nullable String mid() {
    return mid;
  }

  /** Returns all further fields, without src, dst, leader, type and MID. Must not be changed. */
  public JsonObject fields() {
    if (fields != null) {
      return fields;
    }
    byte[] datagram = bytes();
    JsonObject read = MessageJson.parseFields(datagram);
    if (datagram.length <= MAX_CACHED_FIELDS_BYTES) {
      fields = read;
    }
    return read;
  }

  /** Returns the field's text, or null if there is no such field or it isn't a string. */
  public @Nullable String textOrNull(String field) {
    JsonElement value = fields().get(field);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? value.getAsString()
        : null;
  }

  /** Returns the datagram: the received bytes, or else the encoded message. Must not be changed. */
  public byte[] bytes() {
    byte[] datagram = bytes;
    if (datagram == null) {
      datagram = MessageJson.encode(this);
      bytes = datagram;
    }
    return datagram;
  }

  /** Whether the encoded message fits into a datagram. */
  public boolean fitsDatagram() {
    // Nearly all are small, and are not encoded in the simulated world.
    approximateBytes = bytes == null ? MessageSize.upperBound(MAX_BYTES, fields()) : bytes.length;
    return approximateBytes < MAX_BYTES || bytes().length <= MAX_BYTES;
  }

  /**
   * Checks that the message fits into a datagram.
   *
   * @throws IllegalArgumentException if it doesn't
   */
  public void checkSize() {
    if (!fitsDatagram()) {
      throw new IllegalArgumentException(
          "a message of " + bytes().length + " bytes does not fit into a datagram");
    }
  }

  /**
   * Returns how many bytes of memory it takes, roughly: the bound that {@link #checkSize} found, or
   * the length of the received datagram; 0 if neither is known.
   */
  public int approximateBytes() {
    return approximateBytes;
  }

  /**
   * Returns the length of the datagram that it was parsed from, in bytes; 0 if it was created
   * otherwise.
   */
  public int receivedBytes() {
    return receivedBytes;
  }

  /** Returns the JSON form. */
  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8).stripTrailing();
  }
}
