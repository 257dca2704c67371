package raftlab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand, of three replicas and a client, and its judgement. */
public abstract class JudgementTraceBuilder {
  public static final Id CLIENT = Id.of(0x13);
  public static final Id LEADER = Id.of(0);
  static final List<Id> REPLICAS = List.of(LEADER, Id.of(1), Id.of(2));

  final List<Event> events = new ArrayList<>();
  final Scenario scenario =
      SmallScenario.with(
          "\"max_packets\": 1000, \"events\": [{\"type\": \"kill_leader\", \"time\": 3}], ");
  public long now;
  long operations;
  int mids;

  /** The numbers of these messages are below 0. */
  long exchanged;

  public void add(Event event) {
    events.add(event);
  }

  public String ask(String type, String key, String value) {
    String mid = "m" + mids++;
    add(Event.Requested.first(now += 1000, CLIENT, mid, type, key, value, LEADER, ++operations));
    return mid;
  }

  public void answer(String mid, String type, String value) {
    add(new Event.Answered(now += 1000, CLIENT, mid, type, value, LEADER, LEADER, false));
  }

  void put(String key, String value) {
    replicate(ask("put", key, value));
  }

  /** Another replica receives a put, and the leader its confirmation, before it is acknowledged. */
  void replicate(String put) {
    exchange(LEADER, Id.of(1));
    exchange(Id.of(1), LEADER);
    answer(put, "ok", null);
  }

  void exchange(Id from, Id to) {
    com.google.gson.JsonObject none = new com.google.gson.JsonObject();
    Message message = Message.of(from, to, LEADER, "append", null, none);
    add(new Event.Sent(now, --exchanged, from, to, message));
    add(new Event.Delivered(now, exchanged));
  }

  void get(String key, String value) {
    answer(ask("get", key, null), "ok", value);
  }

  /** A run with nothing wrong: enough puts, gets and messages. */
  public void goodRun() {
    add(new Event.Began(now));
    for (int i = 0; i < 20; i++) {
      put("k" + i, "v" + i);
      get("k" + i, "v" + i);
    }
    for (int i = 0; i < 100; i++) {
      send(i + 1, Id.of(1), "{}");
    }
  }

  void send(long number, Id to, String text) {
    com.google.gson.JsonObject fields = new com.google.gson.JsonObject();
    fields.addProperty("entry", text);
    add(
        new Event.Sent(
            now += 10, number, LEADER, to, Message.of(LEADER, to, LEADER, "append", null, fields)));
    add(new Event.Delivered(now, number));
  }

  public Judgement judge(EndReason end) {
    add(new Event.Ended(now += 1000, end));
    List<String> none = List.of();
    Trace trace =
        new Trace(
            new TraceHeader("small", scenario.json(), "sim", 1, none, REPLICAS, List.of(CLIENT)));
    events.forEach(trace::add);
    return Judgement.of(scenario, trace);
  }

  static Verdict verdict(Judgement judgement, String check) {
    return judgement.verdicts().stream()
        .filter(v -> v.check().key().equals(check))
        .findFirst()
        .orElseThrow();
  }

  void assertFails(String check, String text) {
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(verdict(judgement, check).status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith(check + ": ").contains(text);
    assertThat(judgement.tiers()).isEmpty();
  }
}
