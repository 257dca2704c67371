package raftlab.strangers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import raftlab.strangers.FieldNames.Role;
import raftlab.wire.Message;

/** Turns messages of a style into what they say. */
final class MessageReader {
  private final MessageStyle style;
  private final PlainLogEntryJson entries;

  MessageReader(MessageStyle style) {
    this.style = style;
    this.entries = new PlainLogEntryJson(style);
  }

  /** What a replica's message says; empty if it is of an unknown type, or malformed. */
  Optional<MessageContent> read(Message message) {
    if (style.hasAny(StyleTrait.MIDS, StyleTrait.MIDS_ECHOED) && message.mid() == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(fact(message, body(message)));
    } catch (IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException
        | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    }
  }

  private JsonObject body(Message message) {
    if (style.has(StyleTrait.IN_ARGS)) {
      return message.fields().getAsJsonObject("args");
    }
    return style.has(StyleTrait.IN_DATA)
        ? message.fields().getAsJsonObject("data")
        : message.fields();
  }

  private MessageContent fact(Message message, JsonObject body) {
    String type = message.type();
    if (type.equals(style.name(Role.VOTE_REQUEST))) {
      return voteRequest(message, body);
    }
    if (type.equals(style.name(Role.VOTE_GRANTED)) || type.equals(style.name(Role.VOTE_REFUSED))) {
      return vote(message, body);
    }
    if (style.has(StyleTrait.HEARTBEAT_TYPE) && type.equals(style.name(Role.HEARTBEAT))) {
      return blind(message, number(body, Role.TERM));
    }
    if (type.equals(style.name(Role.APPEND))) {
      return append(message, body);
    }
    if (type.equals(style.name(Role.ACCEPTED)) || type.equals(style.name(Role.REFUSED))) {
      return ack(message, body);
    }
    if (type.equals(style.name(Role.COMMIT_NOTICE))) {
      long index = committed(body);
      return new MessageContent.Commit(
          message.src(),
          message.mid(),
          number(body, Role.TERM),
          index,
          logTerm(body, Role.PREV_TERM, index));
    }
    return null;
  }

  private MessageContent voteRequest(Message message, JsonObject body) {
    long last =
        style.has(StyleTrait.LAST_IS_LENGTH) ? number(body, Role.LAST) : index(body, Role.LAST);
    return new MessageContent.VoteRequest(
        message.src(),
        message.leader(),
        message.mid(),
        number(body, Role.TERM),
        last,
        logTerm(body, Role.LAST_TERM, last));
  }

  private MessageContent vote(Message message, JsonObject body) {
    boolean granted =
        style.has(StyleTrait.GRANTS_ONLY)
            || (style.has(StyleTrait.TWO_VOTE_TYPES)
                ? message.type().equals(style.name(Role.VOTE_GRANTED))
                : flag(body, Role.GRANTED));
    boolean hasTerm =
        !style.has(StyleTrait.VOTE_WITHOUT_TERM)
            && !(granted && style.has(StyleTrait.GRANTED_WITHOUT_TERM));
    OptionalLong term = hasTerm ? OptionalLong.of(number(body, Role.TERM)) : OptionalLong.empty();
    return new MessageContent.Vote(message.src(), message.mid(), term, granted);
  }

  private MessageContent append(Message message, JsonObject body) {
    long term = number(body, Role.TERM);
    if (style.has(StyleTrait.HEARTBEAT_TERM) && !body.has(style.name(Role.PREV))) {
      return blind(message, term);
    }
    JsonElement list = body.get(style.name(Role.ENTRIES));
    JsonArray array =
        list == null && style.has(StyleTrait.ZERO_ABSENT) ? new JsonArray() : list.getAsJsonArray();
    if (style.has(StyleTrait.HEARTBEAT_MINUS_1)
        && array.isEmpty()
        && number(body, Role.PREV) == -1) {
      return blind(message, term);
    }
    List<PlainLogEntry> read = new ArrayList<>();
    array.forEach(each -> read.add(entries.read(each)));
    long prev = index(body, Role.PREV);
    long prevTerm = logTerm(body, Role.PREV_TERM, prev);
    return new MessageContent.Append(
        message.src(), message.mid(), term, true, prev, prevTerm, read, committed(body));
  }

  private static MessageContent blind(Message message, long term) {
    return new MessageContent.Append(message.src(), message.mid(), term, false, 0, 0, List.of(), 0);
  }

  private MessageContent ack(Message message, JsonObject body) {
    boolean success =
        style.has(StyleTrait.TWO_ACK_TYPES)
            ? message.type().equals(style.name(Role.ACCEPTED))
            : flag(body, Role.SUCCESS);
    OptionalLong term =
        style.has(StyleTrait.ACK_WITHOUT_TERM)
            ? OptionalLong.empty()
            : OptionalLong.of(number(body, Role.TERM));
    OptionalLong match = success ? match(body) : OptionalLong.empty();
    OptionalLong hint = OptionalLong.empty();
    long conflictTerm = 0;
    if (!success && style.has(StyleTrait.HINT_CONFLICT)) {
      hint = OptionalLong.of(index(body, Role.CONFLICT));
      conflictTerm =
          body.has(style.name(Role.CONFLICT_TERM)) ? number(body, Role.CONFLICT_TERM) : 0;
    } else if (!success && !style.has(StyleTrait.NO_HINT) && body.has(style.name(Role.HINT))) {
      hint = OptionalLong.of(index(body, Role.HINT));
    }
    return new MessageContent.Ack(
        message.src(), message.mid(), term, success, match, hint, conflictTerm);
  }

  private OptionalLong match(JsonObject body) {
    if (style.hasAny(StyleTrait.ACK_MID, StyleTrait.ACK_FLAG)) {
      return OptionalLong.empty();
    }
    if (style.has(StyleTrait.ACK_ECHO)) {
      int count = body.getAsJsonArray(style.name(Role.ENTRIES)).size();
      return OptionalLong.of(index(body, Role.PREV) + count);
    }
    if (style.has(StyleTrait.ACK_LENGTH)) {
      return OptionalLong.of(number(body, Role.ACKED));
    }
    return OptionalLong.of(index(body, Role.ACKED) - (style.has(StyleTrait.ACK_NEXT) ? 1 : 0));
  }

  private long number(JsonObject body, Role role) {
    JsonElement value = body.get(style.name(role));
    if (value == null && style.has(StyleTrait.ZERO_ABSENT)) {
      return 0;
    }
    JsonPrimitive number = value.getAsJsonPrimitive();
    if (number.isNumber() != style.has(StyleTrait.STRINGS)) {
      return Long.parseLong(number.getAsString());
    }
    throw new IllegalArgumentException(role + " is " + number);
  }

  private boolean flag(JsonObject body, Role role) {
    JsonElement value = body.get(style.name(role));
    return value == null && style.has(StyleTrait.ZERO_ABSENT) ? false : value.getAsBoolean();
  }

  private long index(JsonObject body, Role role) {
    long index = number(body, role) + (style.has(StyleTrait.FROM_0) ? 1 : 0);
    if (index < 0) {
      throw new IllegalArgumentException(role + " is too low");
    }
    return index;
  }

  private long committed(JsonObject body) {
    boolean nothing = style.has(StyleTrait.COMMIT_ZERO) && number(body, Role.COMMIT) == 0;
    return nothing ? 0 : index(body, Role.COMMIT);
  }

  private long logTerm(JsonObject body, Role role, long index) {
    return index == 0 ? 0 : number(body, role);
  }
}
