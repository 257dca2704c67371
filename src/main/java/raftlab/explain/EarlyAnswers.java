package raftlab.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.Verdict;
import raftlab.judge.Verdict.Status;
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
    LEAD_LOST
  }

  private final Scene scene;
  private final Map<String, Kind> kinds = new HashMap<>();
  private final Map<Id, Map<Id, Long>> heardAt = new HashMap<>();
  private final Map<Id, Long> latestTerm = new HashMap<>();
  private final Set<String> askedOfLeader = new HashSet<>();
  private boolean readsReplies;

  EarlyAnswers(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    latestTerm.merge(to.id, letter.said().term(), Math::max);
    if (letter.said() instanceof Said.AppendReply reply && reply.success()) {
      readsReplies = true;
      heardAt.computeIfAbsent(to.id, id -> new HashMap<>()).put(letter.from(), event.atMicros());
    }
  }

  @Override
  public void asked(Subject whom, Question question, Event.Delivered event) {
    if (!whom.reports && whom.leads() && !question.isRead()) {
      askedOfLeader.add(question.request.mid());
    }
  }

  @Override
  public void answers(Subject from, Question question, Event.Sent answer) {
    boolean wasLeader = askedOfLeader.remove(question.request.mid());
    if (!wasLeader || !readsReplies || !answer.message().type().equals(Message.OK)) {
      return;
    }
    Map<Id, Long> heard = heardAt.getOrDefault(from.id, Map.of());
    long since = heard.values().stream().filter(at -> at >= question.arrivedMicros).count();
    long latest = heard.values().stream().mapToLong(at -> at).max().orElse(0);
    long held = answer.atMicros() - question.arrivedMicros;
    boolean isLost =
        from.depositions != question.depositions
            || latestTerm.getOrDefault(from.id, Said.UNKNOWN) > from.term
            || held > LONG_MICROS && answer.atMicros() - latest > LONG_MICROS / 5;
    if (isLost) {
      kinds.put(question.request.mid(), Kind.LEAD_LOST);
    } else if (held < LONG_MICROS && since + 1 < scene.majority(from)) {
      kinds.put(question.request.mid(), Kind.NOBODY_ASKED);
    }
  }

  /** The mistake behind what the judge found, if the messages before it tell. */
  Optional<LikelyCause> of(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() == Status.FAIL && verdict.check().equals("early_ok")) {
        for (Event event : verdict.evidence()) {
          Kind kind = event instanceof Event.Requested asked ? kinds.get(asked.mid()) : null;
          if (kind != null) {
            return Optional.of(cause(verdict, kind));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static LikelyCause cause(Verdict verdict, Kind kind) {
    boolean isLost = kind == Kind.LEAD_LOST;
    return Telling.ofVerdict(
        verdict,
        isLost ? "ok-at-losing-leadership" : "acks-before-commit",
        isLost
            ? "it had waited long, and then heard of a later term or of nobody any more; whoever loses"
                + " the lead doesn't know what becomes of the writes that wait: it redirects or fails"
                + " them, or stays silent."
            : "a leader answers a write only when more than half of the members have said that they"
                + " have its entry.",
        Certainty.LIKELY);
  }
}
