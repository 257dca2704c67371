package raftlab.explain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Writes that a replica which reports nothing answered with ok: what the judge of {@code early_ok}
 * found to be too early comes from one of several mistakes, and the messages before it may tell
 * which.
 */
final class EarlyAnswers implements Detector {
  /** A leader that still hears of its followers answers a write after this time at the latest. */
  private static final long LONG_MICROS = 250_000;

  private enum Kind {
    NOBODY_ASKED,
    HALF_ASKED,
    LEAD_LOST
  }

  private record Link(Id who, Id other) {}

  private final Scene scene;
  private final Map<String, Kind> kinds = new HashMap<>();
  private final Map<Id, Map<Id, Long>> repliedAt = new HashMap<>();

  /** Up to when what a leader sent is answered by others, as far as it can know. */
  private final Map<Link, Long> echoes = new HashMap<>();

  private final Map<Link, Long> received = new HashMap<>();
  private final Map<Long, Long> underWay = new HashMap<>();
  private final Map<Id, Long> latestTerm = new HashMap<>();
  private final Map<Id, Long> latestLeader = new HashMap<>();

  /** The terms that replicas led when they were asked for a write. */
  private final Map<String, Long> leadOf = new HashMap<>();

  private boolean readsReplies;

  /** Whether a write was answered of which no other replica can have said anything. */
  private boolean asksNobody;

  EarlyAnswers(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    Long known = received.get(new Link(letter.to(), from.id));
    if (known != null && !from.reports) {
      underWay.put(letter.sent().number(), known);
    }
  }

  @Override
  public void dropped(Letter letter, Event.Dropped event) {
    underWay.remove(letter.sent().number());
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    Said said = letter.said();
    received.merge(new Link(letter.from(), to.id), letter.sent().atMicros(), Math::max);
    Long known = underWay.remove(letter.sent().number());
    if (known != null) {
      echoes.merge(new Link(to.id, letter.from()), known, Math::max);
    }
    latestTerm.merge(to.id, said.term(), Math::max);
    if (said instanceof Said.Append || said instanceof Said.Install) {
      latestLeader.merge(to.id, said.term(), Math::max);
    } else if (said instanceof Said.AppendReply reply && reply.success()) {
      readsReplies = true;
      repliedAt.computeIfAbsent(to.id, id -> new HashMap<>()).put(letter.from(), event.atMicros());
    }
  }

  @Override
  public void asked(Subject whom, Question question, Event.Delivered event) {
    if (!whom.reports && whom.leads() && !question.isRead()) {
      leadOf.put(question.request.mid(), whom.term);
    }
  }

  @Override
  public void answers(Subject from, Question question, Event.Sent answer) {
    Long ledTerm = leadOf.remove(question.request.mid());
    boolean wasLeader = ledTerm != null;
    if (from.reports || question.isRead() || !answer.message().type().equals(Message.OK)) {
      return;
    }
    long arrived = question.arrivedMicros;
    long held = answer.atMicros() - arrived;
    long since =
        scene.otherVoters(from).stream()
            .filter(other -> echoes.getOrDefault(new Link(from.id, other), 0L) >= arrived)
            .count();
    if (held < LONG_MICROS && since == 0) {
      asksNobody |= scene.majority(from) > 1;
      kinds.put(question.request.mid(), Kind.NOBODY_ASKED);
    } else if (wasLeader && hasLostTheLead(from, question, ledTerm, answer.atMicros())) {
      kinds.put(question.request.mid(), Kind.LEAD_LOST);
    } else if (wasLeader && held < LONG_MICROS && since == scene.majority(from) - 2 && since > 0) {
      kinds.put(question.request.mid(), Kind.HALF_ASKED);
    }
  }

  /**
   * Whether it can't have led any more, and no other leader has told it anything yet: what that one
   * says may have made it take the write for committed.
   */
  private boolean hasLostTheLead(Subject who, Question question, long ledTerm, long now) {
    if (latestLeader.getOrDefault(who.id, Said.UNKNOWN) > ledTerm) {
      return false;
    }
    long latest =
        repliedAt.getOrDefault(who.id, Map.of()).values().stream()
            .mapToLong(at -> at)
            .max()
            .orElse(Subject.NEVER);
    boolean isAlone = now - question.arrivedMicros > LONG_MICROS && now - latest > LONG_MICROS / 5;
    return isAlone || latestTerm.getOrDefault(who.id, Said.UNKNOWN) > ledTerm;
  }

  /** The mistake behind what the judge found, if the messages before it tell. */
  Optional<LikelyCause> of(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() == Status.FAIL && verdict.check().equals("early_ok")) {
        for (Event event : verdict.evidence()) {
          Kind kind = event instanceof Event.Requested asked ? kinds.get(asked.mid()) : null;
          if (kind != null && isSure(kind)) {
            return Optional.of(cause(verdict, kind));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isSure(Kind kind) {
    return readsReplies && (kind != Kind.HALF_ASKED || !asksNobody);
  }

  private static LikelyCause cause(Verdict verdict, Kind kind) {
    return switch (kind) {
      case NOBODY_ASKED ->
          Telling.ofVerdict(
              verdict,
              "acks-before-commit",
              "nobody had answered anything that it sent since it was asked; a leader answers a write only when more"
                  + " than half of the members have said that they have its entry.",
              Certainty.LIKELY);
      case HALF_ASKED ->
          Telling.ofVerdict(
              verdict,
              "commits-with-half",
              "an entry is committed, and a client answered, when more than half of the members have"
                  + " it, not half.",
              Certainty.LIKELY);
      case LEAD_LOST ->
          Telling.ofVerdict(
              verdict,
              "ok-at-losing-leadership",
              "it had waited, and then heard of a later term or of nobody any more; whoever loses the"
                  + " lead doesn't know what becomes of the writes that wait: it redirects or fails"
                  + " them, or stays silent.",
              Certainty.LIKELY);
    };
  }
}
