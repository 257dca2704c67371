package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Gets are answered by a leader that surely leads, and knows what was committed before. */
final class Reading implements Detector {
  /** Longer than any lease that can be right. */
  private static final long LONGEST_LEASE_MICROS = 1_500_000;

  /** A leader that answers reads at all answers them within this time. */
  private static final long PROMPT_MICROS = 250_000;

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Long> heardAt = new HashMap<>();
  private final Map<Question, Long> held = new HashMap<>();
  private boolean holdsReads;
  private boolean repliesAreRead;
  private Deposed deposed;

  /** A get that was answered by one that another had followed already. */
  private record Deposed(Subject who, Question question, Event.Sent answer, long silence) {}

  Reading(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    heardAt.put(to.id, event.atMicros());
    repliesAreRead |=
        letter.said() instanceof Said.AppendReply reply
            && reply.success()
            && reply.matchIndex() > 0;
  }

  @Override
  public void asked(Subject whom, Question question, Event.Delivered event) {
    if (question.isRead() && whom.leads() && !whom.isPaused && whom.commit >= whom.openingIndex) {
      held.put(question, whom.term);
    }
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged && who.leads()) {
      // What it still held when it gave up it didn't dare to answer.
      held.forEach(
          (question, term) ->
              holdsReads |=
                  question.request.replica().equals(who.id)
                      && !question.isAnswered
                      && event.atMicros() - question.arrivedMicros > PROMPT_MICROS / 5);
      held.keySet().removeIf(question -> question.request.replica().equals(who.id));
    }
  }

  @Override
  public void answers(Subject from, Question question, Event.Sent answer) {
    held.remove(question);
    if (!question.isRead()
        || !answer.message().type().equals(Message.OK)
        || !question.hasArrived
        || !from.reports && from.term < 0) {
      return;
    }
    if (from.role != Role.LEADER) {
      if (from.depositions == question.depositions) {
        atFollower(from, question, answer);
      }
    } else if (question.ledTerm > from.term) {
      deposed(from, question, answer);
    } else {
      asLeader(from, question, answer);
    }
  }

  private void atFollower(Subject from, Question question, Event.Sent answer) {
    boolean askedNobody = heardAt.getOrDefault(from.id, Subject.NEVER) < question.arrivedMicros;
    if (askedNobody
        && scene.ledTerm() > 0
        && scene.majority(from) > 1
        && clues.isNew("reads-anywhere")) {
      String text =
          String.format(
              Locale.ROOT,
              "Replica %s, a %s, answered a get from its own state %s: only the leader knows what is"
                  + " committed; others redirect to it.",
              from.id,
              from.role == Role.FOLLOWER ? "follower" : "candidate",
              scene.at(answer.atMicros()));
      // One that reports nothing may have won an election just now.
      Certainty certainty = from.reports ? Certainty.CERTAIN : Certainty.LIKELY;
      clues.add(
          certainty, answer.atMicros(), "reads-anywhere", "§8", text, question.request, answer);
    }
  }

  private long silence(Subject who, long now) {
    long[] replied = scene.otherVoters(who).stream().mapToLong(who::repliedAt).sorted().toArray();
    int needed = scene.majority(who) - 1;
    return needed == 0 ? 0 : now - Math.max(who.leadsSince, replied[replied.length - needed]);
  }

  private void deposed(Subject from, Question question, Event.Sent answer) {
    long silence = silence(from, answer.atMicros());
    if (deposed == null) {
      deposed = new Deposed(from, question, answer, silence);
      later = scene.ledBy();
    }
  }

  private Event.Reported later;

  private void asLeader(Subject from, Question question, Event.Sent answer) {
    long silence = silence(from, answer.atMicros());
    if (from.openingIndex != Said.UNKNOWN && mayHaveCommitted(from) < from.openingIndex) {
      if (clues.isNew("reads-before-own-commit")) {
        beforeOwnCommit(from, question, answer);
      }
    } else if (silence > LONGEST_LEASE_MICROS) {
      if (clues.isNew("reads-without-majority")) {
        clues.likely(
            answer.atMicros(), "reads-without-majority", "§8", text(from, answer, silence), answer);
      }
    } else {
      clues.kept("reads-anywhere", "reads-before-own-commit", "reads-without-majority");
    }
  }

  /** Up to where the leader can know its log to be committed, at most. */
  private long mayHaveCommitted(Subject from) {
    if (from.reports) {
      return from.commit;
    }
    return repliesAreRead && scene.knowsVoters(from)
        ? from.agreedBy(scene.otherVoters(from), scene.majority(from) - 1)
        : Long.MAX_VALUE;
  }

  private void beforeOwnCommit(Subject from, Question question, Event.Sent answer) {
    clues.certain(
        answer.atMicros(),
        "reads-before-own-commit",
        "§8",
        String.format(
            Locale.ROOT,
            "Replica %s answered a get %s, before entry %d, the first of its term %d, was committed:"
                + " a new leader doesn't know yet what its predecessor committed; it must commit"
                + " an entry of its own before it answers reads.",
            from.id,
            scene.at(answer.atMicros()),
            from.openingIndex,
            from.term),
        from.leads,
        question.request,
        answer);
  }

  private String text(Subject from, Event.Sent answer, long silence) {
    return String.format(
        Locale.ROOT,
        "Replica %s answered a get %s, %s after it had last heard from a majority: a leader must make"
            + " sure that it still leads before it answers a read (a round of messages to a majority,"
            + " or a lease).",
        from.id,
        scene.at(answer.atMicros()),
        Scene.lasting(silence));
  }

  @Override
  public void ended(long atMicros) {
    if (deposed == null) {
      return;
    }
    String leader = later == null ? "another" : later.replica().toString();
    String text =
        String.format(
            Locale.ROOT,
            "Replica %s answered a get %s, %s after it had last heard from a majority, though %s led"
                + " by then: ",
            deposed.who.id,
            scene.at(deposed.answer.atMicros()),
            Scene.lasting(deposed.silence),
            leader);
    clues.certain(
        deposed.answer.atMicros(),
        holdsReads ? "lease-too-long" : "reads-without-majority",
        "§8",
        text
            + (holdsReads
                ? "a lease must end before the shortest election timeout does, counted from when the"
                    + " message was sent that a majority answered."
                : "a leader must make sure that it still leads before it answers a read (a round of"
                    + " messages to a majority, or a lease shorter than the election timeout)."),
        later,
        deposed.question.request,
        deposed.answer);
  }
}
