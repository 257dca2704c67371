package raftlab.workload;

import java.util.OptionalLong;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.TrafficPlan.FirstTarget;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.scenario.TrafficPlan.Mix;
import raftlab.scenario.TrafficPlan.Pace;

/** Makes traffic plans that differ from a plain one in what a test is about. */
public final class TrafficPlanBuilder {
  private int clients = 4;
  private long fromMillis;
  private long untilMillis = 10_000;
  private Pace pace = new Pace(40, 0);
  private OptionalLong most = OptionalLong.empty();
  private Mix mix = new Mix(1, 1, 1, 1);
  private Keys keys = new Keys(3, 0, false, false);
  private int leastValueBytes;
  private int mostValueBytes;
  private boolean sessions;
  private OptionalLong timeoutMillis = OptionalLong.empty();
  private FirstTarget to = FirstTarget.LEADER;

  private TrafficPlanBuilder() {}

  /**
   * Four clients that together ask 40 times a second, for ten seconds, for anything; none is ever
   * impatient.
   */
  public static TrafficPlanBuilder open() {
    return new TrafficPlanBuilder();
  }

  /** The same four in a closed loop without pauses, with a timeout of a second. */
  public static TrafficPlanBuilder closed() {
    return new TrafficPlanBuilder().pace(0, 0).timeoutMillis(1_000);
  }

  /** The plan. */
  public TrafficPlan plan() {
    return new TrafficPlan(
        clients,
        fromMillis,
        untilMillis,
        pace,
        most,
        mix,
        keys,
        leastValueBytes,
        mostValueBytes,
        sessions,
        timeoutMillis,
        to);
  }

  /** So many clients. */
  public TrafficPlanBuilder clients(int count) {
    clients = count;
    return this;
  }

  /** From when until when new operations begin. */
  public TrafficPlanBuilder between(long from, long until) {
    fromMillis = from;
    untilMillis = until;
    return this;
  }

  /** How requests follow each other. */
  public TrafficPlanBuilder pace(double perSecond, long pauseMillis) {
    pace = new Pace(perSecond, pauseMillis);
    return this;
  }

  /** So many operations at most. */
  public TrafficPlanBuilder most(long operations) {
    most = OptionalLong.of(operations);
    return this;
  }

  /** What is asked for. */
  public TrafficPlanBuilder mix(double get, double put, double append, double cas) {
    mix = new Mix(get, put, append, cas);
    return this;
  }

  /** Which keys. */
  public TrafficPlanBuilder keys(int count, double hot, boolean own, boolean odd) {
    keys = new Keys(count, hot, own, odd);
    return this;
  }

  /** Values of these sizes. */
  public TrafficPlanBuilder values(int leastBytes, int mostBytes) {
    leastValueBytes = leastBytes;
    mostValueBytes = mostBytes;
    return this;
  }

  /** Each request belongs to a session. */
  public TrafficPlanBuilder sessions() {
    sessions = true;
    return this;
  }

  /** The timeout. */
  public TrafficPlanBuilder timeoutMillis(long millis) {
    timeoutMillis = OptionalLong.of(millis);
    return this;
  }

  /** New requests go to any replica. */
  public TrafficPlanBuilder toAny() {
    to = FirstTarget.ANY;
    return this;
  }
}
