package raftlab.trace;

import java.util.List;
import java.util.stream.Collectors;
import raftlab.wire.Id;

/**
 * Why a step's condition did not hold, as facts for checks and explanations. The description is for
 * people only.
 */
public sealed interface UnmetCondition {
  /** Describes it in words. */
  String description();

  /**
   * No leader was elected.
   *
   * @param isAnyMessageSent whether any replica sent a message to another
   * @param claimants the replicas that claimed to lead without reaching a majority
   */
  record NoLeaderElected(boolean isAnyMessageSent, List<Id> claimants) implements UnmetCondition {
    /** Copies the list. */
    public NoLeaderElected {
      claimants = List.copyOf(claimants);
    }

    @Override
    public String description() {
      return "no leader was elected: " + reason();
    }

    private String reason() {
      if (!isAnyMessageSent) {
        return "no replica sent a message to another";
      }
      return claimants.isEmpty()
          ? "no replica that can reach a majority named itself in \"leader\""
          : ReplicaListText.of(claimants)
              + (claimants.size() == 1 ? " claimed" : " each claimed")
              + " to lead (\"leader\" named itself), but that claim did not reach a majority again";
    }
  }

  /** An action needs a leader, and none was known. */
  record LeaderUnknown() implements UnmetCondition {
    @Override
    public String description() {
      return "no leader was known";
    }
  }

  /** An action names these replicas, and they have not joined. */
  record NotJoined(List<Id> replicas) implements UnmetCondition {
    /** Copies the list. */
    public NotJoined {
      replicas = List.copyOf(replicas);
    }

    @Override
    public String description() {
      return ReplicaListText.of(replicas) + " had not joined";
    }
  }

  /** An action needs a replica that is down, and none was. */
  record NoReplicaDown() implements UnmetCondition {
    @Override
    public String description() {
      return "no replica was down";
    }
  }

  /** The same replica as before leads. */
  record LeaderUnchanged(Id leader) implements UnmetCondition {
    @Override
    public String description() {
      return "replica " + leader + " still leads";
    }
  }

  /** A leader is known, though none should be. */
  record LeaderKnown(Id leader) implements UnmetCondition {
    @Override
    public String description() {
      return "replica " + leader + " was known to lead";
    }
  }

  /** A leader is known, and these replicas don't follow it. */
  record NotFollowed(Id leader, List<Id> replicas) implements UnmetCondition {
    /** Copies the list. */
    public NotFollowed {
      replicas = List.copyOf(replicas);
    }

    @Override
    public String description() {
      return "the leader is " + leader + ", but not for " + ReplicaListText.of(replicas);
    }
  }

  /** Fewer requests than needed were answered ok. */
  record TooFewAnswered(long answered, long needed) implements UnmetCondition {
    @Override
    public String description() {
      return answered + " of " + needed + " were answered ok";
    }
  }

  /**
   * Requests are still without an ok.
   *
   * @param requests those that were sent
   * @param unfinished those of {@code requests} with a {@code count} that are still to be done
   */
  record RequestsOpen(long requests, long unfinished) implements UnmetCondition {
    @Override
    public String description() {
      return requests
          + " requests were still not answered ok"
          + (unfinished == 0 ? "" : ", and " + unfinished + " of \"requests\" were not done");
    }
  }

  /** These replicas were started and have sent no message. */
  record NotReady(List<Id> replicas) implements UnmetCondition {
    /** Copies the list. */
    public NotReady {
      replicas = List.copyOf(replicas);
    }

    @Override
    public String description() {
      return replicas + " sent nothing so far";
    }
  }

  /** The commit index that a replica reported. */
  record CommitIndex(Id replica, long index) {}

  /** Replicas report different commit indices; those that report none are left out. */
  record CommitIndicesDiffer(List<CommitIndex> committed) implements UnmetCondition {
    /** Copies the list. */
    public CommitIndicesDiffer {
      committed = List.copyOf(committed);
    }

    @Override
    public String description() {
      return committed.stream()
          .map(each -> each.replica() + "=" + each.index())
          .collect(Collectors.joining(", ", "committed so far: {", "}"));
    }
  }

  /** Messages that armed actions wait for were not sent. */
  record NotTriggered(int actions) implements UnmetCondition {
    @Override
    public String description() {
      return actions + " of the awaited messages did not come";
    }
  }

  /** A requested change of members or leader isn't done. */
  record ChangePending() implements UnmetCondition {
    @Override
    public String description() {
      return "a change of members or leader is under way";
    }
  }

  /** These replicas should have exited and did not. */
  record StillRunning(List<Id> replicas) implements UnmetCondition {
    /** Copies the list. */
    public StillRunning {
      replicas = List.copyOf(replicas);
    }

    @Override
    public String description() {
      return ReplicaListText.of(replicas) + " kept running";
    }
  }

  /** A request was not answered ok. */
  record NoOk() implements UnmetCondition {
    @Override
    public String description() {
      return "no ok was received";
    }
  }

  /** A request got this type of answer, and another was required. */
  record WrongAnswer(String type) implements UnmetCondition {
    @Override
    public String description() {
      return "it was answered " + type;
    }
  }
}
