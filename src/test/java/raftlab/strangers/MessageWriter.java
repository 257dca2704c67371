package raftlab.strangers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.node.Host;
import raftlab.strangers.FieldNames.Role;
import raftlab.strangers.MessageContent.Append;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Sends what Raft says, as messages of a style. */
final class MessageWriter {
  private final MessageStyle style;
  private final Host host;
  private final PlainLogEntryJson entries;
  private long sent;

  MessageWriter(MessageStyle style, Host host) {
    this.style = style;
    this.host = host;
    this.entries = new PlainLogEntryJson(style);
  }

  /** How much an entry takes of a message, in bytes. */
  int size(PlainLogEntry entry) {
    int escaped = 0;
    for (String text : List.of(entry.key(), entry.value())) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        escaped += c < ' ' || c > '~' ? 6 : c == '"' || c == '\\' ? 2 : 1;
      }
    }
    return escaped + 200;
  }

  String voteRequest(Id dst, Id leader, long term, long last, long lastTerm) {
    JsonObject body = new JsonObject();
    add(body, Role.TERM, term);
    if (!style.has(StyleTrait.NO_CANDIDATE)) {
      body.addProperty(style.name(Role.CANDIDATE), host.id().toString());
    }
    add(body, Role.LAST, style.has(StyleTrait.LAST_IS_LENGTH) ? last : index(last));
    addTerm(body, Role.LAST_TERM, last, lastTerm, term);
    String mid = mid(null);
    send(dst, leader, Role.VOTE_REQUEST, mid, body);
    return mid;
  }

  void vote(
      MessageContent.VoteRequest request,
      Id leader,
      long term,
      boolean granted,
      long last,
      long lastTerm) {
    if (!granted && style.has(StyleTrait.GRANTS_ONLY)) {
      return;
    }
    JsonObject body = new JsonObject();
    if (!style.has(StyleTrait.VOTE_WITHOUT_TERM)
        && !(granted && style.has(StyleTrait.GRANTED_WITHOUT_TERM))) {
      add(body, Role.TERM, term);
    }
    if (!style.hasAny(StyleTrait.GRANTS_ONLY, StyleTrait.TWO_VOTE_TYPES)) {
      add(body, Role.GRANTED, granted);
    }
    if (style.has(StyleTrait.VOTER_LOG)) {
      add(body, Role.LAST, index(last));
      addTerm(body, Role.LAST_TERM, last, lastTerm, term);
    }
    Role type = granted ? Role.VOTE_GRANTED : Role.VOTE_REFUSED;
    send(request.src(), leader, type, mid(request.mid()), body);
  }

  String append(
      Id dst, long term, long prev, long prevTerm, List<PlainLogEntry> some, long commit) {
    JsonObject body = new JsonObject();
    add(body, Role.TERM, term);
    add(body, Role.PREV, index(prev));
    addTerm(body, Role.PREV_TERM, prev, prevTerm, term);
    add(body, some);
    add(body, Role.COMMIT, committed(commit));
    String mid = mid(null);
    send(dst, host.id(), Role.APPEND, mid, body);
    return mid;
  }

  void blindHeartbeat(Id dst, long term) {
    JsonObject body = new JsonObject();
    add(body, Role.TERM, term);
    if (style.has(StyleTrait.HEARTBEAT_MINUS_1)) {
      add(body, Role.PREV, -1);
      add(body, Role.PREV_TERM, 0);
      add(body, List.of());
      add(body, Role.COMMIT, committed(0));
    }
    send(dst, host.id(), Role.HEARTBEAT, mid(null), body);
  }

  void commit(Id dst, long term, long index, long indexTerm) {
    JsonObject body = new JsonObject();
    add(body, Role.TERM, term);
    add(body, Role.COMMIT, committed(index));
    add(body, Role.PREV_TERM, indexTerm);
    send(dst, host.id(), Role.COMMIT_NOTICE, mid(null), body);
  }

  /**
   * Accepts an append.
   *
   * @param last the follower's last index, as far as it is the leader's too
   * @param matched how far it matched what the leader sent
   */
  void accept(Append append, Id leader, long term, long last, long matched) {
    JsonObject body = ackBody(term, true);
    if (style.has(StyleTrait.ACK_ECHO)) {
      add(body, Role.PREV, index(append.prev()));
      addTerm(body, Role.PREV_TERM, append.prev(), append.prevTerm(), term);
      add(body, append.entries());
    } else if (style.has(StyleTrait.ACK_LENGTH)) {
      add(body, Role.ACKED, matched);
    } else if (style.has(StyleTrait.ACK_NEXT)) {
      add(body, Role.ACKED, index(matched + 1));
    } else if (style.has(StyleTrait.ACK_COUNT)) {
      add(body, Role.ACKED, index(append.end()));
    } else if (!style.hasAny(StyleTrait.ACK_MID, StyleTrait.ACK_FLAG)) {
      add(body, Role.ACKED, index(last));
    }
    send(append.src(), leader, Role.ACCEPTED, mid(append.mid()), body);
  }

  /**
   * Refuses an append.
   *
   * @param hint where to go on; 0 for nothing to say
   */
  void refuse(Append append, Id leader, long term, long hint, long conflictTerm) {
    JsonObject body = ackBody(term, false);
    if (style.has(StyleTrait.HINT_CONFLICT)) {
      add(body, Role.CONFLICT, index(hint));
      add(body, Role.CONFLICT_TERM, conflictTerm);
    } else if (!style.has(StyleTrait.NO_HINT)
        && (hint > 0 || style.has(StyleTrait.HINT_OWN_LAST))) {
      add(body, Role.HINT, index(hint));
    }
    send(append.src(), leader, Role.REFUSED, mid(append.mid()), body);
  }

  void answer(PlainLogEntry request, String type, Id leader, String value) {
    JsonObject fields = new JsonObject();
    if (value != null) {
      fields.addProperty("value", value);
    }
    host.send(
        Message.of(host.id(), Id.parse(request.client()), leader, type, request.mid(), fields));
  }

  private JsonObject ackBody(long term, boolean success) {
    JsonObject body = new JsonObject();
    if (!style.has(StyleTrait.ACK_WITHOUT_TERM)) {
      add(body, Role.TERM, term);
    }
    if (!style.has(StyleTrait.TWO_ACK_TYPES)) {
      add(body, Role.SUCCESS, success);
    }
    return body;
  }

  private String mid(String asked) {
    if (asked != null && style.has(StyleTrait.MIDS_ECHOED)) {
      return asked;
    }
    return style.hasAny(StyleTrait.MIDS, StyleTrait.MIDS_ECHOED) ? host.id() + "-" + ++sent : null;
  }

  private void send(Id dst, Id leader, Role type, String mid, JsonObject body) {
    JsonObject fields = body;
    if (style.hasAny(StyleTrait.IN_ARGS, StyleTrait.IN_DATA)) {
      fields = new JsonObject();
      fields.add(style.has(StyleTrait.IN_ARGS) ? "args" : "data", body);
    }
    host.send(Message.of(host.id(), dst, leader, style.name(type), mid, fields));
  }

  private void add(JsonObject body, Role role, long number) {
    if (style.has(StyleTrait.STRINGS)) {
      body.addProperty(style.name(role), Long.toString(number));
    } else if (number != 0 || !style.has(StyleTrait.ZERO_ABSENT)) {
      body.addProperty(style.name(role), number);
    }
  }

  private void add(JsonObject body, Role role, boolean flag) {
    if (style.has(StyleTrait.STRINGS)) {
      body.addProperty(style.name(role), Boolean.toString(flag));
    } else if (flag || !style.has(StyleTrait.ZERO_ABSENT)) {
      body.addProperty(style.name(role), flag);
    }
  }

  private void add(JsonObject body, List<PlainLogEntry> some) {
    JsonArray list = new JsonArray();
    for (PlainLogEntry entry : some) {
      JsonElement json = entries.write(entry);
      list.add(json);
    }
    if (!list.isEmpty() || !style.has(StyleTrait.ZERO_ABSENT)) {
      body.add(style.name(Role.ENTRIES), list);
    }
  }

  private void addTerm(JsonObject body, Role role, long index, long indexTerm, long term) {
    if (index > 0) {
      add(body, role, indexTerm);
    } else if (!style.has(StyleTrait.LAST_TERM_ABSENT)) {
      boolean current = style.has(StyleTrait.LAST_TERM_CURRENT);
      add(body, role, current ? term : style.has(StyleTrait.LAST_TERM_MINUS_1) ? -1 : 0);
    }
  }

  private long index(long index) {
    return style.has(StyleTrait.FROM_0) ? index - 1 : index;
  }

  private long committed(long index) {
    return index == 0 && style.has(StyleTrait.COMMIT_ZERO) ? 0 : index(index);
  }
}
