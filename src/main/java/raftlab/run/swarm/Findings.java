package raftlab.run.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;

/** What came of a swarm: how many runs there were, and those that did not pass, by their causes. */
public final class Findings {
  /** Of more causes than this only the first are told apart: memory is bounded. */
  private static final int MOST_GROUPS = 100;

  private static final int MOST_SEEDS = 10;
  private static final Cause OTHERS =
      new Cause("", "others", "causes beyond the first " + MOST_GROUPS);

  /** Runs that did not pass for the same reason. */
  public static final class Group {
    private final Cause cause;
    private final Status status;
    private final List<Long> seeds = new ArrayList<>();
    private long count;

    private Group(Cause cause, Status status) {
      this.cause = cause;
      this.status = status;
    }

    /** Why they did not pass. */
    public Cause cause() {
      return cause;
    }

    /** Fail or unknown; that of the first. */
    public Status status() {
      return status;
    }

    /** How many they are. */
    public long count() {
      return count;
    }

    /** The seeds of the first of them, in order. */
    public List<Long> seeds() {
      return Collections.unmodifiableList(seeds);
    }
  }

  private final Map<Cause, Group> groups = new LinkedHashMap<>();
  private long played;
  private long failed;
  private long unknown;

  /** Takes the next outcome; returns whether it did not pass, for a reason that is new. */
  public boolean add(Outcome outcome) {
    played++;
    if (outcome.status() == Status.PASS) {
      return false;
    }
    failed += outcome.status() == Status.FAIL ? 1 : 0;
    unknown += outcome.status() == Status.UNKNOWN ? 1 : 0;
    Cause cause = Cause.of(outcome);
    boolean isNew = !groups.containsKey(cause) && groups.size() < MOST_GROUPS;
    Cause known = isNew || groups.containsKey(cause) ? cause : OTHERS;
    Group group = groups.computeIfAbsent(known, each -> new Group(each, outcome.status()));
    group.count++;
    if (group.seeds.size() < MOST_SEEDS) {
      group.seeds.add(outcome.played().seed());
    }
    return isNew;
  }

  /** How many runs there were. */
  public long played() {
    return played;
  }

  /** How many of them failed. */
  public long failed() {
    return failed;
  }

  /** Of how many it is not known. */
  public long unknown() {
    return unknown;
  }

  /** The causes, in the order in which they were found. */
  public List<Group> groups() {
    return List.copyOf(groups.values());
  }
}
