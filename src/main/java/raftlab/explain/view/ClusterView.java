package raftlab.explain.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** All replicas at a moment of a run, by what they report and what was delivered to them. */
public final class ClusterView {
  private final Trace trace;
  private final boolean durable;
  private final Map<Id, ReplicaView> replicas = new TreeMap<>();
  private final List<Id> members;
  private long beganMicros;
  private long latestLeaderTerm;
  private Event.@Nullable Reported latestLeaderReport;
  private boolean changesMembers;

  /**
   * A cluster before its start.
   *
   * @param durable whether replicas have storage that survives a crash
   */
  public ClusterView(Trace trace, boolean durable) {
    this.trace = trace;
    this.durable = durable;
    this.members = List.copyOf(trace.header().replicas());
    members.forEach(id -> replicas.put(id, new ReplicaView(id)));
    for (Event event : trace.events()) {
      if (event instanceof Event.Began began) {
        beganMicros = began.atMicros();
        break;
      }
    }
  }

  /** The run. */
  public Trace trace() {
    return trace;
  }

  /**
   * Whether a message is handled when it is delivered. A process may leave it in its socket, and
   * the system may drop it there.
   */
  public boolean handlesAtOnce() {
    return "sim".equals(trace.header().world());
  }

  /** Whether storage survives a crash. */
  public boolean isDurable() {
    return durable;
  }

  /** A moment in words: "at 3.214 s". */
  public String at(long micros) {
    return String.format(Locale.ROOT, "at %.3f s", (micros - beganMicros) / 1e6);
  }

  /** A duration in words: "1.2 s" or "40 ms". */
  public static String duration(long micros) {
    return micros >= 1_000_000
        ? String.format(Locale.ROOT, "%.1f s", micros / 1e6)
        : String.format(Locale.ROOT, "%d ms", Math.round(micros / 1e3));
  }

  /** The replica of this ID; null if it is none. */
  public @Nullable ReplicaView replica(Id id) {
    return replicas.get(id);
  }

  /** All replicas. */
  public Collection<ReplicaView> replicas() {
    return replicas.values();
  }

  /** The latest term in which a leader was elected; 0 if none was. */
  public long latestLeaderTerm() {
    return latestLeaderTerm;
  }

  /** The report of that leader; null if none was elected. */
  public Event.@Nullable Reported latestLeaderReport() {
    return latestLeaderReport;
  }

  /** The voting members, by the configuration that this replica uses. */
  public List<Id> voters(ReplicaView replica) {
    MembersChanged latest = replica.state().members();
    return latest == null || latest.voters().isEmpty() ? members : latest.voters();
  }

  /** The members that catch up and do not vote yet, by the configuration that this replica uses. */
  public List<Id> learners(ReplicaView replica) {
    MembersChanged latest = replica.state().members();
    return latest == null ? List.of() : latest.learners();
  }

  /** Whether the configuration that this replica uses is known. */
  public boolean isConfigurationKnown(ReplicaView replica) {
    MembersChanged latest = replica.state().members();
    return latest != null && !latest.voters().isEmpty() || !changesMembers;
  }

  /** The voting members without the replica itself. */
  public List<Id> otherVoters(ReplicaView replica) {
    List<Id> others = new ArrayList<>(voters(replica));
    others.remove(replica.id());
    return others;
  }

  /** Whether a replica is a voting member by its own configuration. */
  public boolean isVoter(ReplicaView replica) {
    return voters(replica).contains(replica.id());
  }

  /** How many votes are a majority. */
  public int majority(ReplicaView replica) {
    return voters(replica).size() / 2 + 1;
  }

  // ---- what happens ----

  /** A request is made, perhaps by the operator. */
  public void requested(Event.Requested request) {
    changesMembers |= request.isAdministration();
  }

  /** A replica is started; returns whether it ran before. */
  public boolean started(Id id, long atMicros) {
    ReplicaView known = replicas.get(id);
    if (known == null) {
      known = new ReplicaView(id);
      replicas.put(id, known);
      changesMembers = true;
    }
    return known.started(atMicros);
  }

  /** A replica ended. */
  public void ended(Id id, long atMicros) {
    update(id, replica -> replica.ended(atMicros));
  }

  /** A replica was paused or resumed. */
  public void paused(Id id, boolean isPaused, long atMicros) {
    update(id, replica -> replica.paused(isPaused, atMicros));
  }

  /** The machine of a replica was changed. */
  public void disturbed(Id id, long atMicros) {
    update(id, replica -> replica.disturbed(atMicros));
  }

  /** The machine that all replicas run on was busy with something else. */
  public void disturbed(long atMicros) {
    replicas.values().forEach(replica -> replica.disturbed(atMicros));
  }

  private void update(Id id, Consumer<ReplicaView> change) {
    ReplicaView known = replicas.get(id);
    if (known != null) {
      change.accept(known);
    }
  }

  /** A message reached a replica. */
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    to.delivered(message, event);
  }

  /** A replica changed its state, by its report or by what its messages prove. */
  public void changed(ReplicaView replica, Event.Reported event, boolean isReported) {
    replica.apply(event, isReported);
    if (event.change() instanceof RoleChanged now
        && now.role() == Role.LEADER
        && now.term() > latestLeaderTerm) {
      latestLeaderTerm = now.term();
      latestLeaderReport = event;
    }
  }
}
