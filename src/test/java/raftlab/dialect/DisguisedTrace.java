package raftlab.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Message;

/**
 * The trace of a silent run of the reference replica, with the messages between replicas written in
 * another style: other names, another first index, numbers as text, nested or positional fields, no
 * terms in replies, and so on. What happened is the same, so what is found must be the same.
 */
public final class DisguisedTrace {
  private static final Set<String> INDICES =
      Set.of(
          "prevLogIndex",
          "leaderCommit",
          "lastLogIndex",
          "matchIndex",
          "conflictIndex",
          "lastIncludedIndex");
  private static final Set<String> REPLIES = Set.of("voteReply", "preVoteReply", "appendReply");

  private final Random random;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Set<String>> order = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final boolean renames;
  private final int shift;
  private final boolean numbersAreTexts;
  private final int form;
  private final boolean repliesHaveNoTerm;
  private final boolean hasNoRounds;
  private final boolean countsLength;
  private final boolean hasOnlyFlags;
  private final boolean grantsAreTypes;
  private final boolean preVoteIsFlag;

  /** A style that is drawn by a seed; seed 0 changes nothing. */
  public DisguisedTrace(long seed) {
    random = new Random(seed * 31);
    boolean isPlain = seed == 0;
    renames = !isPlain;
    shift = isPlain ? 0 : random.nextInt(2);
    numbersAreTexts = !isPlain && random.nextInt(4) == 0;
    form = isPlain ? 0 : random.nextInt(3);
    repliesHaveNoTerm = !isPlain && random.nextInt(4) == 0;
    hasNoRounds = !isPlain && random.nextInt(2) == 0;
    countsLength = !isPlain && random.nextInt(3) == 0;
    hasOnlyFlags = !isPlain && !hasNoRounds && random.nextInt(3) == 0;
    grantsAreTypes = !isPlain && random.nextInt(3) == 0;
    preVoteIsFlag = !isPlain && random.nextInt(2) == 0;
  }

  /** The style in words. */
  @Override
  public String toString() {
    return "shift "
        + shift
        + (numbersAreTexts ? ", numbers as texts" : "")
        + ", form "
        + form
        + (repliesHaveNoTerm ? ", no terms in replies" : "")
        + (hasNoRounds ? ", no rounds" : "")
        + (countsLength ? ", length" : "")
        + (hasOnlyFlags ? ", flags only" : "")
        + (grantsAreTypes ? ", grants are types" : "")
        + (preVoteIsFlag ? ", pre-vote is a flag" : "");
  }

  /** The run in this style. */
  public Trace of(Trace trace) {
    TraceHeader header = trace.header();
    Trace changed = new Trace(header);
    for (Event event : trace.events()) {
      boolean isBetweenReplicas =
          event instanceof Event.Sent sent
              && !header.clients().contains(sent.from())
              && !header.clients().contains(sent.to());
      if (isBetweenReplicas && event instanceof Event.Sent sent) {
        changed.add(
            new Event.Sent(
                sent.atMicros(), sent.number(), sent.from(), sent.to(), of(sent.message())));
      } else {
        changed.add(event);
      }
    }
    return changed;
  }

  private Message of(Message message) {
    if (message.type().equals(Message.HELLO)
        || message.type().equals(Message.OK)
        || message.type().equals(Message.FAIL)
        || message.type().equals(Message.REDIRECT)) {
      return message;
    }
    String type = message.type();
    JsonObject old = message.fields();
    JsonObject fields = new JsonObject();
    if (preVoteIsFlag && type.startsWith("preVote")) {
      type = type.equals("preVote") ? "requestVote" : "voteReply";
      fields.addProperty(name("isPreVote"), true);
    } else if (preVoteIsFlag && (type.equals("requestVote") || type.equals("voteReply"))) {
      fields.addProperty(name("isPreVote"), false);
    }
    if (grantsAreTypes && old.has("granted")) {
      type = type + old.get("granted").getAsBoolean();
    }
    for (Map.Entry<String, JsonElement> field : old.entrySet()) {
      String name = field.getKey();
      boolean isLeftOut =
          name.equals("term") && repliesHaveNoTerm && REPLIES.contains(message.type())
              || name.equals("round") && hasNoRounds
              || name.equals("matchIndex") && hasOnlyFlags
              || name.equals("granted") && grantsAreTypes;
      if (!isLeftOut) {
        fields.add(name(name), value(name, field.getValue()));
      }
    }
    return Message.of(
        message.src(),
        message.dst(),
        message.leader(),
        name(type),
        message.mid(),
        formed(type, fields));
  }

  private JsonElement value(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      long number = primitive.getAsLong();
      if (INDICES.contains(name)) {
        number -= shift;
      }
      if (name.equals("matchIndex") && countsLength) {
        number++;
      }
      return numbersAreTexts ? new JsonPrimitive(Long.toString(number)) : new JsonPrimitive(number);
    }
    return value;
  }

  private JsonObject formed(String type, JsonObject fields) {
    JsonObject all = new JsonObject();
    if (form == 0) {
      return fields;
    } else if (form == 1) {
      all.add(name("body"), fields);
    } else {
      JsonArray tuple = new JsonArray();
      Set<String> columns = order.computeIfAbsent(type, each -> new LinkedHashSet<>());
      columns.addAll(fields.keySet());
      for (String each : columns) {
        tuple.add(fields.has(each) ? fields.get(each) : JsonNull.INSTANCE);
      }
      all.add(name("tuple"), tuple);
    }
    return all;
  }

  private String name(String old) {
    if (!renames) {
      return old;
    }
    @Nullable String known = names.get(old);
    while (known == null) {
      String next = "" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26));
      if (used.add(next)) {
        known = next;
        names.put(old, next);
      }
    }
    return known;
  }
}
