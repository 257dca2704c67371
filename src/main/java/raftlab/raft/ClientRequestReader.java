package raftlab.raft;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Reads clients' messages. */
final class ClientRequestReader {
  /** The maximum length of a client's name. */
  private static final int MAX_CLIENT_LENGTH = 256;

  /** A request that can't be executed; the message says why. */
  static final class WrongRequestException extends Exception {
    WrongRequestException(String reason) {
      super(reason);
    }
  }

  private ClientRequestReader() {}

  /** Whether messages of this type are requests. */
  static boolean isRequest(String type) {
    return switch (type) {
      case Message.GET,
          Message.PUT,
          Message.APPEND,
          Message.CAS,
          Message.ADD,
          Message.REMOVE,
          Message.TRANSFER ->
          true;
      default -> false;
    };
  }

  /** Reads a request with this message ID. */
  static ClientRequest read(Message message, String mid) throws WrongRequestException {
    Id client = message.src();
    return switch (message.type()) {
      case Message.GET -> new ClientRequest.Get(client, mid, text(message, "key"));
      case Message.ADD -> new ClientRequest.Add(client, mid, replica(message));
      case Message.REMOVE -> new ClientRequest.Remove(client, mid, replica(message));
      case Message.TRANSFER ->
          new ClientRequest.Transfer(
              client, mid, message.fields().has("replica") ? replica(message) : null);
      default -> new ClientRequest.Write(client, mid, write(message), session(message.fields()));
    };
  }

  private static Command.Write write(Message message) throws WrongRequestException {
    String key = storable(message, "key");
    String value = storable(message, "value");
    Command.Write write =
        switch (message.type()) {
          case Message.PUT -> new Command.Put(key, value);
          case Message.APPEND -> new Command.Append(key, value);
          default -> new Command.Cas(key, storable(message, "expect"), value);
        };
    int bytes = LogEntry.bytesOf(write);
    if (bytes > RaftSettings.MAX_ENTRY_BYTES) {
      throw new WrongRequestException(
          "it needs "
              + bytes
              + " bytes on its way to the other replicas, and no more than "
              + RaftSettings.MAX_ENTRY_BYTES
              + " fit into a message");
    }
    return write;
  }

  private static ClientRequest.@Nullable Session session(JsonObject fields)
      throws WrongRequestException {
    JsonElement client = fields.get("client");
    JsonElement seq = fields.get("seq");
    if (client == null && seq == null) {
      return null;
    }
    String name = JsonFields.text(client);
    long number = JsonFields.number(seq);
    if (name == null || name.length() > MAX_CLIENT_LENGTH || !LogEntry.isWellFormed(name)) {
      throw new WrongRequestException(
          "\"client\" must be a text of at most " + MAX_CLIENT_LENGTH + " characters");
    }
    if (number < 0) {
      throw new WrongRequestException("\"seq\" must be a whole number, not below 0");
    }
    return new ClientRequest.Session(name, number);
  }

  private static String text(Message message, String field) throws WrongRequestException {
    String text = message.textOrNull(field);
    if (text == null) {
      throw new WrongRequestException("\"" + field + "\" must be a text");
    }
    return text;
  }

  private static String storable(Message message, String field) throws WrongRequestException {
    String text = text(message, field);
    if (!LogEntry.isWellFormed(text)) {
      throw new WrongRequestException(
          "\"" + field + "\" has half of a character (a lone surrogate)");
    }
    return text;
  }

  private static Id replica(Message message) throws WrongRequestException {
    Id id = JsonFields.id(message.fields().get("replica"));
    if (id == null) {
      throw new WrongRequestException("\"replica\" must be an ID of four hexadecimal digits");
    }
    return id;
  }
}
