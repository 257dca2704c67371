package raftlab.run.concrete;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.run.concrete.LinkMessageCounter.LinkPosition;
import raftlab.scenario.ActionType;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ActionJson;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/**
 * Writes a run as a concrete scenario: each action with its targets, each request and retry, and
 * each message that was dropped, delayed or duplicated. In the simulated world, with the same seed
 * and replicas, the same messages are then sent at the same times.
 *
 * <p>An action between two messages of one step of a replica, such as one with {@code on}, is tied
 * to the message of its link, since a time is not precise enough. All other events have a time.
 */
public final class ConcreteScenarioWriter {
  /** The IDs between those of replicas and clients, for replicas that join. */
  private static final int ROOM = 16;

  private final TraceHeader header;
  private final Scenario scenario;
  private final LinkMessageCounter links;
  private final RecordedDeliveries recordedDeliveries;
  private final List<JsonObject> events = new ArrayList<>();

  /** The same events, each with a time. */
  private final List<JsonObject> timed = new ArrayList<>();

  private final Map<Id, Integer> requestingClients = new HashMap<>();
  private final Deque<Long> undecidedMessages = new ArrayDeque<>();
  private final Set<String> started = new HashSet<>();
  private boolean exact = true;
  private long fromMicros = Long.MAX_VALUE;
  private long endMicros;

  /** The request of the next message; null for none. */
  private @Nullable JsonObject pendingRequest;

  /** Whether the known leader changed since the last message. */
  private boolean leaderChanged;

  /** The events before the message that made the leader known. */
  private final List<JsonObject> beforeNextMessage = new ArrayList<>();

  private long beforeNextMicros;

  /**
   * A concrete scenario of a run.
   *
   * @param draft the scenario
   * @param timed the same with times only, even for events tied to a message: less exact, but
   *     leaving an event out of it affects no other event
   * @param exact whether all events of the run could be written
   * @param requests the number of requests
   * @param singleMessages the number of dropped, delayed and duplicated messages
   * @param actions the number of other events
   */
  public record ConcreteScenario(
      ScenarioDraft draft,
      ScenarioDraft timed,
      boolean exact,
      int requests,
      int singleMessages,
      int actions) {}

  private ConcreteScenarioWriter(Trace trace, Scenario scenario) {
    this.header = trace.header();
    this.scenario = scenario;
    int firstClient = header.replicas().size() + ROOM;
    Map<Id, Id> renamed = new HashMap<>();
    for (Id client : requestingClients(trace)) {
      requestingClients.put(client, requestingClients.size() + 1);
      renamed.put(client, Id.of(firstClient + renamed.size()));
    }
    if (scenario.hasBackground()) {
      Id background = header.clients().get(header.clients().size() - 1);
      renamed.put(background, Id.of(firstClient + Math.max(1, requestingClients.size())));
    }
    Id operator = Id.of(header.clients().get(header.clients().size() - 1).value() + 1);
    renamed.put(
        operator,
        Id.of(
            firstClient
                + Math.max(1, requestingClients.size())
                + (scenario.hasBackground() ? 1 : 0)));
    this.links = new LinkMessageCounter(renamed, firstClient);
    this.recordedDeliveries = new RecordedDeliveries(links);
  }

  /** Returns the clients that sent requests, ascending. */
  private static Set<Id> requestingClients(Trace trace) {
    Set<Id> askers = new TreeSet<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Requested request && !request.isAdministration()) {
        askers.add(request.client());
      }
    }
    return askers;
  }

  /**
   * Writes a run as a concrete scenario.
   *
   * @throws ScenarioException if the scenario in the trace's header isn't valid
   */
  public static ConcreteScenario of(Trace trace) throws ScenarioException {
    TraceHeader header = trace.header();
    ConcreteScenarioWriter concrete =
        new ConcreteScenarioWriter(
            trace, ScenarioReader.read(header.scenario(), header.scenarioJson()));
    trace.events().forEach(concrete::onEvent);
    return concrete.result();
  }

  private ConcreteScenario result() {
    List<JsonObject> all = new ArrayList<>(events);
    List<JsonObject> allTimed = new ArrayList<>(timed);
    all.addAll(recordedDeliveries.events());
    allTimed.addAll(recordedDeliveries.events());
    for (Id late : scenario.lateReplicas()) {
      exact &= started.contains(late.toString());
    }
    int requests = (int) events.stream().filter(event -> event.has("follow")).count();
    return new ConcreteScenario(
        new ScenarioDraft(head(), all),
        new ScenarioDraft(head(), allTimed),
        exact && recordedDeliveries.isExact(),
        requests,
        recordedDeliveries.events().size(),
        events.size() - requests);
  }

  private JsonObject head() {
    JsonObject head = new JsonObject();
    head.addProperty("title", "Recorded run of " + header.scenario() + ", seed " + header.seed());
    scenario.world().ifPresent(world -> head.addProperty("world", world));
    head.addProperty("replicas", header.replicas().size());
    head.addProperty("requests", 0);
    if (scenario.hasBackground()) {
      head.addProperty("background", true);
    }
    head.add("start_wait", ActionJson.seconds(scenario.startWaitMillis() * 1000));
    long micros = fromMicros == Long.MAX_VALUE ? 0 : Math.max(0, endMicros - fromMicros);
    long millis = Math.max(10, (micros + 999) / 1000);
    head.add("lifetime", ActionJson.seconds(Math.min(3_600_000, millis) * 1000));
    head.addProperty("end_wait", 0);
    head.addProperty("max_packets", scenario.maxPackets());
    head.addProperty("seed", header.seed());
    return head;
  }

  private void onEvent(Event event) {
    if (event instanceof Event.Began began) {
      fromMicros = began.atMicros() + scenario.startWaitMillis() * 1000;
    } else if (event instanceof Event.Ended ended) {
      endMicros = ended.atMicros();
    } else if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Requested request) {
      if (!request.isAdministration()) {
        requested(request);
      }
    } else if (event instanceof Event.Fault fault) {
      if (!fault.action().isEmpty()) {
        played(fault);
      }
    } else if (event instanceof Event.LeaderKnown) {
      leaderChanged = true;
    } else {
      decided(event);
      recordedDeliveries.onEvent(event);
    }
  }

  private void decided(Event event) {
    if (event instanceof Event.Delivered delivered) {
      undecidedMessages.remove(delivered.number());
    } else if (event instanceof Event.Dropped dropped) {
      undecidedMessages.remove(dropped.number());
    } else if (event instanceof Event.Delayed delayed) {
      undecidedMessages.remove(delayed.number());
    } else if (event instanceof Event.Duplicated doubled) {
      undecidedMessages.remove(doubled.number());
    } else if (event instanceof Event.Corrupted corrupted) {
      undecidedMessages.remove(corrupted.number());
    }
  }

  private void sent(Event.Sent sent) {
    LinkPosition place = links.count(sent, sent.atMicros() >= fromMicros);
    undecidedMessages.addLast(sent.number());
    leaderChanged = false;
    JsonObject request = pendingRequest;
    if (request != null) {
      session(sent, request);
      return;
    }
    if (beforeNextMicros == sent.atMicros() && place.nthSinceStart() > 0) {
      beforeNextMessage.forEach(event -> tieToMessage(event, place));
    }
    beforeNextMessage.clear();
  }

  private void session(Event.Sent sent, JsonObject request) {
    for (String field : List.of("client", "seq")) {
      if (sent.message().fields().has(field)) {
        request.add(field, sent.message().fields().get(field));
      }
    }
    timed.set(timed.size() - 1, timedCopy(request));
    pendingRequest = null;
  }

  /** Returns a copy of the event that was added last, with its time. */
  private JsonObject timedCopy(JsonObject event) {
    JsonObject copy = event.deepCopy();
    copy.remove("on");
    copy.add("time", timed.get(timed.size() - 1).get("time"));
    return copy;
  }

  private void requested(Event.Requested request) {
    JsonObject event = new JsonObject();
    event.addProperty("type", request.type());
    event.addProperty("key", request.key());
    if (request.expect() != null) {
      event.addProperty("expect", request.expect());
    }
    if (request.value() != null) {
      event.addProperty("value", request.value());
    }
    event.addProperty("to", request.replica().toString());
    int asker =
        Objects.requireNonNull(requestingClients.get(request.client()), "each client has one");
    if (asker > 1) {
      event.addProperty("asker", asker);
    }
    event.addProperty("follow", false);
    pendingRequest = add(event, request.atMicros());
  }

  private void played(Event.Fault fault) {
    JsonObject action = JsonParser.parseString(fault.action()).getAsJsonObject();
    ActionType type = ActionType.of(action.get("type").getAsString()).orElseThrow();
    if (type == ActionType.NETWORK || type == ActionType.SLOW || isForNobody(type, action)) {
      // The effects of link conditions are written message by message.
      return;
    }
    if (type == ActionType.START) {
      started.addAll(idsIn(action));
    }
    if (type == ActionType.PARTITION) {
      dropEmpty(action.getAsJsonArray("groups"));
    }
    JsonObject event = add(action, fault.atMicros());
    if (leaderChanged && undecidedMessages.isEmpty()) {
      beforeNextMicros = fault.atMicros();
      beforeNextMessage.add(event);
    }
  }

  /** Whether the action had no targets; as an event it might find some. */
  private static boolean isForNobody(ActionType type, JsonObject action) {
    return switch (type) {
      case CRASH, RESTART, START, PAUSE, RESUME, CLOCK, DISK, CUT -> !action.has("who");
      default -> false;
    };
  }

  private static List<String> idsIn(JsonObject action) {
    List<String> ids = new ArrayList<>();
    if (action.get("who") instanceof JsonArray array) {
      array.forEach(id -> ids.add(id.getAsString()));
    } else {
      ids.add(action.get("who").getAsString());
    }
    return ids;
  }

  private static void dropEmpty(JsonArray groups) {
    for (int i = groups.size() - 1; i >= 0; i--) {
      if (groups.get(i) instanceof JsonArray group && group.isEmpty()) {
        groups.remove(i);
      }
    }
  }

  /** Adds an event at this time, or at the message that is being sent. */
  private JsonObject add(JsonObject action, long atMicros) {
    JsonObject event = new JsonObject();
    event.add("type", action.get("type"));
    event.add("time", ActionJson.seconds(Math.max(0, atMicros - fromMicros)));
    action.entrySet().forEach(member -> event.add(member.getKey(), member.getValue()));
    events.add(event);
    timed.add(event.deepCopy());
    LinkPosition place = undecidedMessages.isEmpty() ? null : links.of(undecidedMessages.getLast());
    if (place != null && place.nthSinceStart() > 0) {
      tieToMessage(event, place);
    }
    return event;
  }

  private static void tieToMessage(JsonObject event, LinkPosition place) {
    JsonObject on = new JsonObject();
    on.addProperty("from", place.from().toString());
    on.addProperty("to", place.to().toString());
    on.addProperty("nth", place.nthSinceStart());
    event.remove("time");
    event.add("on", on);
  }
}
