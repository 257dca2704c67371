package raftlab.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.FileProblem;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** All messages between replicas of a run, by kind, and the texts that clients have sent. */
final class ReplicaMessages {
  /** More messages aren't used for learning. */
  private static final int MAX_SAMPLES = 60_000;

  private static final int MAX_KINDS_BY_FIELD = 12;
  private static final int MIN_CLIENT_TEXT = 4;

  /** A value of more requests is written again and again; fewer may be retries of one write. */
  private static final int MAX_REQUESTS_OF_WRITE = 4;

  private record Link(Id from, Id to) {}

  /**
   * A write that a replica acknowledged.
   *
   * @param arrivedMicros when the request reached the replica
   * @param atMicros when the replica sent the answer
   */
  record AcknowledgedWrite(
      Id replica, String mid, String value, long arrivedMicros, long atMicros) {}

  private record Write(String value, long arrivedMicros) {}

  private final List<AcknowledgedWrite> acknowledged = new ArrayList<>();
  private final Map<Long, Event.Sent> requests = new HashMap<>();
  private final Map<String, Write> writes = new HashMap<>();
  private final List<MessageSample> samples = new ArrayList<>();
  private final Map<String, List<MessageSample>> byKind = new TreeMap<>();
  private final Map<Long, MessageSample> byNumber = new HashMap<>();
  private final Map<String, String> discriminators = new HashMap<>();

  /** What clients have sent, and in how many requests. */
  private final Map<String, Integer> clientTexts = new HashMap<>();

  private final Set<String> keys = new HashSet<>();
  private final Set<Id> replicas;
  private final int initialReplicas;
  private Corrections corrections = Corrections.NONE;
  private List<FileProblem> problems = List.of();
  private boolean respectsNames = true;
  private boolean hasLeftOutByName;

  private ReplicaMessages(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
    initialReplicas = replicas.size();
  }

  /** Reads a run. */
  static ReplicaMessages of(Trace trace, Corrections corrections) {
    ReplicaMessages messages = new ReplicaMessages(trace);
    messages.collect(trace);
    messages.divide();
    messages.correct(corrections);
    return messages;
  }

  private void collect(Trace trace) {
    Map<Link, MessageSample> received = new HashMap<>();
    Map<Link, Integer> unanswered = new HashMap<>();
    Map<Id, Integer> lives = new HashMap<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Started started) {
        lives.merge(started.replica(), 1, Integer::sum);
        replicas.add(started.replica());
        received.keySet().removeIf(link -> link.to.equals(started.replica()));
        unanswered.keySet().removeIf(link -> link.to.equals(started.replica()));
      } else if (event instanceof Event.Delivered delivered) {
        MessageSample sample = byNumber.get(delivered.number());
        if (sample != null) {
          Link link = new Link(sample.from(), sample.to());
          MessageSample before = received.put(link, sample);
          sample.delivered(delivered.atMicros(), before == sample ? null : before);
          unanswered.merge(link, 1, Integer::sum);
        }
        arrived(requests.remove(delivered.number()), delivered.atMicros());
      } else if (event instanceof Event.Sent sent && !replicas.contains(sent.from())) {
        requests.put(sent.number(), sent);
        addClientText(sent.message().mid());
        addClientText(text(sent.message().fields().get("value")));
        String key = text(sent.message().fields().get("key"));
        if (key != null && !key.isEmpty()) {
          keys.add(key);
        }
      } else if (event instanceof Event.Sent sent
          && samples.size() < MAX_SAMPLES
          && replicas.contains(sent.from())
          && replicas.contains(sent.to())) {
        Link back = new Link(sent.to(), sent.from());
        Integer open = unanswered.remove(back);
        MessageSample sample =
            new MessageSample(
                sent,
                MessageFields.of(sent.message()),
                lives.getOrDefault(sent.from(), 1),
                received.get(back),
                open == null ? 0 : open);
        samples.add(sample);
        byNumber.put(sent.number(), sample);
      } else if (event instanceof Event.Sent sent && replicas.contains(sent.from())) {
        answered(sent);
      }
    }
  }

  private void arrived(Event.@Nullable Sent request, long atMicros) {
    String mid = request == null ? null : request.message().mid();
    String value = request == null ? null : text(request.message().fields().get("value"));
    if (mid != null && value != null) {
      writes.putIfAbsent(mid, new Write(value, atMicros));
    }
  }

  private void answered(Event.Sent answer) {
    String mid = answer.message().mid();
    Write write = mid == null ? null : writes.remove(mid);
    if (mid != null && write != null && answer.message().type().equals(Message.OK)) {
      acknowledged.add(
          new AcknowledgedWrite(
              answer.from(), mid, write.value, write.arrivedMicros, answer.atMicros()));
    }
  }

  private void correct(Corrections given) {
    if (given.isEmpty()) {
      return;
    }
    Map<String, Set<String>> paths = new TreeMap<>();
    byKind.forEach(
        (kind, ofKind) -> {
          Set<String> fields = new TreeSet<>();
          ofKind.forEach(each -> fields.addAll(each.fields().keySet()));
          paths.put(kind, fields);
        });
    corrections = given.applicable(paths);
    problems = given.inapplicable(paths);
  }

  /** What a file says about these messages. */
  Corrections corrections() {
    return corrections;
  }

  /**
   * Of these fields those that may have a meaning: only the one of a file; else those to which
   * neither the file nor their names give another meaning.
   */
  Set<String> possible(String kind, FieldMeaning meaning, Collection<String> paths) {
    Set<String> possible = corrections.possible(kind, meaning, paths);
    boolean isGiven = corrections.path(kind, meaning) != null;
    if (!isGiven && respectsNames) {
      hasLeftOutByName |= possible.removeIf(path -> ConventionalNames.contradicts(path, meaning));
    }
    return possible;
  }

  /** Whether a field was left out because of its name. */
  boolean hasLeftOutByName() {
    return hasLeftOutByName;
  }

  /** From now on fields may mean anything, whatever their names say. */
  void ignoreNames() {
    respectsNames = false;
  }

  /** Types and fields of that file that no message has. */
  List<FileProblem> problems() {
    return problems;
  }

  private static @Nullable String text(@Nullable JsonElement json) {
    return json instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }

  private void addClientText(@Nullable String text) {
    if (text != null && text.length() >= MIN_CLIENT_TEXT) {
      clientTexts.merge(text, 1, Integer::sum);
    }
  }

  // ---- kinds ----

  private void divide() {
    Map<String, List<MessageSample>> byType = new TreeMap<>();
    samples.forEach(
        each -> byType.computeIfAbsent(each.kind(), type -> new ArrayList<>()).add(each));
    for (Map.Entry<String, List<MessageSample>> type : byType.entrySet()) {
      String path = byType.size() <= 3 ? discriminator(type.getValue()) : null;
      if (path != null) {
        discriminators.put(type.getKey(), path);
      }
    }
    for (MessageSample sample : samples) {
      sample.kind(kind(sample.sent().message().type(), sample.fields()));
      byKind.computeIfAbsent(sample.kind(), kind -> new ArrayList<>()).add(sample);
    }
  }

  /** The field with a few texts as values, if messages of one type have several meanings. */
  private @Nullable String discriminator(List<MessageSample> ofType) {
    Map<String, Set<String>> values = new TreeMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (MessageSample sample : ofType) {
      for (Map.Entry<String, JsonElement> field : sample.fields().entrySet()) {
        if (field.getValue() instanceof JsonPrimitive text
            && text.isString()
            && MessageFields.number(text).isEmpty()
            && MessageFields.flag(text) == null
            && !isId(text.getAsString())) {
          counts.merge(field.getKey(), 1, Integer::sum);
          Set<String> seen = values.computeIfAbsent(field.getKey(), path -> new HashSet<>());
          if (seen.size() <= MAX_KINDS_BY_FIELD) {
            seen.add(text.getAsString());
          }
        }
      }
    }
    return values.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .filter(each -> each.getValue().size() <= MAX_KINDS_BY_FIELD)
        .filter(each -> counts.getOrDefault(each.getKey(), 0) == ofType.size())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private boolean isId(String text) {
    return isReplica(text) || text.equals("FFFF");
  }

  /** Whether this is the ID of a replica. */
  boolean isReplica(String text) {
    return replicas.stream().anyMatch(id -> id.toString().equals(text));
  }

  /** The kind of a message: its type, and the value of the discriminating field. */
  String kind(String type, Map<String, JsonElement> fields) {
    String path = discriminators.get(type);
    JsonElement value = path == null ? null : fields.get(path);
    return value instanceof JsonPrimitive text ? type + " " + text.getAsString() : type;
  }

  // ---- what there is ----

  /** All, in the order in which they were sent. */
  List<MessageSample> all() {
    return samples;
  }

  /** The kinds of messages. */
  Collection<String> kinds() {
    return byKind.keySet();
  }

  /** The messages of a kind, in the order in which they were sent. */
  List<MessageSample> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** The writes that were acknowledged, in this order. */
  List<AcknowledgedWrite> acknowledgedWrites() {
    return acknowledged;
  }

  /** How many replicas there are at the start. */
  int replicaCount() {
    return initialReplicas;
  }

  /** Whether it is a key of a client's request. */
  boolean isKey(JsonElement json) {
    return json instanceof JsonPrimitive text
        && text.isString()
        && keys.contains(text.getAsString());
  }

  /** Whether clients have sent this text, as a value or as the ID of a message. */
  boolean isFromClient(JsonElement json) {
    if (json instanceof JsonPrimitive text) {
      return text.isString() && clientTexts.containsKey(text.getAsString());
    }
    return MessageFields.of(json).values().stream()
        .anyMatch(value -> value instanceof JsonPrimitive && isFromClient(value));
  }

  /** Whether this is one write or request of a client, and not one of several that look alike. */
  boolean isOneOperation(JsonElement json) {
    if (json instanceof JsonPrimitive text) {
      return text.isString()
          && clientTexts.getOrDefault(text.getAsString(), Integer.MAX_VALUE)
              <= MAX_REQUESTS_OF_WRITE;
    }
    return MessageFields.of(json).values().stream()
        .anyMatch(value -> value instanceof JsonPrimitive && isOneOperation(value));
  }
}
