package raftlab.judge.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import raftlab.explain.SilentTraceBuilder;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A run made by hand of three replicas that report nothing, long enough to learn from: elections,
 * refused votes, writes that are acknowledged.
 */
abstract class ProtocolTraceBuilder extends SilentTraceBuilder {
  /** Longer than the messages of a round may be apart. */
  private static final long STEP_MICROS = 30_000;

  /** Longer than heartbeats of a leader are apart. */
  private static final long LONG_MICROS = 500_000;

  /** What replies to vote requests and AppendEntries have besides what they answer. */
  String replyFields = "'term': %d, ";

  /** Whether all replies have the same type, and the same field that says yes or no. */
  boolean repliesAreOfOneKind;

  /** Whether the leader answers its clients. */
  boolean answersClients = true;

  /** The terms of the entries. */
  private final List<Long> log = new ArrayList<>();

  private int writes;
  private long commit;

  /** The number of the latest message. */
  long latest;

  static Scenario free() {
    try {
      return ScenarioReader.read(
          "free",
          """
          {"lifetime": 10, "replicas": 3, "traffic": [{"clients": 1, "until": 5}]}
          """);
    } catch (ScenarioException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Time passes, so that the next messages are of another round. */
  void pause() {
    now += STEP_MICROS;
  }

  /** Time passes, so that a leader seems to lead no more. */
  void longPause() {
    now += LONG_MICROS;
  }

  static List<Id> others(Id replica) {
    return Stream.of(A, B, C).filter(each -> !each.equals(replica)).toList();
  }

  static String format(String text, Object... words) {
    return String.format(Locale.ROOT, text, words);
  }

  long end() {
    return log.size();
  }

  long commit() {
    return commit;
  }

  // ---- elections ----

  /** A candidate asks both others for their votes of a term; the requests arrive. */
  void request(Id candidate, long term) {
    request(candidate, term, "");
  }

  /** The same, with more fields. */
  void request(Id candidate, long term, String fields) {
    pause();
    for (Id voter : others(candidate)) {
      say(Id.BROADCAST, candidate, voter, "requestVote", requestFields(term) + fields);
    }
  }

  String requestFields(long term) {
    long last = log.isEmpty() ? 0 : log.get(log.size() - 1);
    return format("'term': %d, 'lastLogIndex': %d, 'lastLogTerm': %d", term, log.size(), last);
  }

  /** A voter gives or refuses its vote. */
  void reply(Id voter, Id candidate, long term, boolean granted) {
    String name = repliesAreOfOneKind ? "success" : "granted";
    String type = repliesAreOfOneKind ? "reply" : "voteReply";
    String fields = format(replyFields, term) + "'" + name + "': " + granted;
    say(Id.BROADCAST, voter, candidate, type, fields);
  }

  /** Both others give their votes, and the winner sends its first AppendEntries. */
  void elect(Id winner, long term) {
    request(winner, term);
    others(winner).forEach(voter -> reply(voter, winner, term, true));
    heartbeat(winner, term);
  }

  /** Both others refuse their votes. */
  void refuse(Id candidate, long term) {
    request(candidate, term);
    others(candidate).forEach(voter -> reply(voter, candidate, term, false));
  }

  // ---- entries ----

  /** AppendEntries without entries to both followers, which agree. */
  void heartbeat(Id leader, long term) {
    pause();
    for (Id follower : others(leader)) {
      appendTo(leader, follower, term, log.size(), List.of());
      acknowledge(leader, follower, term, log.size());
    }
  }

  /** A client's write, which both followers agree to. */
  void write(Id leader, long term) {
    pause();
    String value = "value-" + ++writes;
    Message put = ask(leader, Message.PUT, value);
    log.add(term);
    for (Id follower : others(leader)) {
      appendTo(leader, follower, term, log.size() - 1, List.of(entry(term, value)));
      acknowledge(leader, follower, term, log.size());
    }
    commit = log.size();
    if (answersClients) {
      ok(put);
    }
  }

  static String entry(long term, String value) {
    return format("{'term': %d, 'value': '%s'}", term, value);
  }

  void appendTo(Id leader, Id follower, long term, long prev, List<String> entries) {
    appendTo(leader, follower, term, prev, entries, commit);
  }

  void appendTo(Id leader, Id follower, long term, long prev, List<String> entries, long known) {
    long prevTerm = prev == 0 ? 0 : log.get((int) prev - 1);
    String fields =
        "'term': %d, 'prevLogIndex': %d, 'prevLogTerm': %d, 'entries': [%s], 'leaderCommit': %d";
    String all = String.join(", ", entries);
    say(leader, leader, follower, "append", format(fields, term, prev, prevTerm, all, known));
  }

  void acknowledge(Id leader, Id follower, long term, long match) {
    String fields = format(replyFields, term) + "'success': true, 'matchIndex': " + match;
    say(leader, follower, leader, repliesAreOfOneKind ? "reply" : "appendReply", fields);
  }

  /** Sends a message that names this leader; it arrives. */
  void say(Id leader, Id from, Id to, String type, String fields) {
    trace.add(new Event.Delivered(++now, sendOnly(leader, from, to, type, fields)));
  }

  /** Sends a message that names this leader; it does not arrive. */
  long sendOnly(Id leader, Id from, Id to, String type, String fields) {
    named = leader;
    latest = send(from, to, type, fields);
    return latest;
  }

  // ---- whole runs ----

  /**
   * A leads term 1 and commits six writes, of which the followers know five to be committed. C is
   * refused votes in term 2. Nobody leads then.
   */
  void learnedRun() {
    learnedRun(6);
  }

  /** The same with this number of writes. */
  void learnedRun(int count) {
    start();
    elect(A, 1);
    for (int i = 0; i < count; i++) {
      write(A, 1);
    }
    refuse(C, 2);
  }

  /** B leads term 3, and has sent an entry of its own which all have. */
  void ledByB() {
    learnedRun();
    elect(B, 3);
    for (int i = 0; i < 5; i++) {
      write(B, 3);
    }
    heartbeat(B, 3);
  }

  /** Two leaders whose messages have other terms than their vote requests. */
  void leadOtherTerms() {
    for (long term = 20; term < 24; term += 2) {
      Id winner = term % 4 == 0 ? A : C;
      long asked = term;
      longPause();
      request(winner, asked);
      others(winner).forEach(voter -> reply(voter, winner, asked, true));
      heartbeat(winner, asked + 1);
    }
  }

  // ---- what is found ----

  List<KnownMistake> found() {
    return ProtocolReview.of(trace).all().stream()
        .map(Violation::mistake)
        .map(mistake -> mistake.orElseThrow())
        .toList();
  }

  Verdict verdict() {
    return Judgement.of(free(), trace).verdicts().stream()
        .filter(verdict -> verdict.check() == CheckName.PROTOCOL)
        .findFirst()
        .orElseThrow();
  }

  /** The numbers of the messages that prove the failure; none if the check did not fail. */
  List<Long> evidence() {
    Verdict verdict = verdict();
    return verdict.status() != Status.FAIL
        ? List.of()
        : verdict.evidence().stream().map(event -> ((Event.Sent) event).number()).toList();
  }
}
