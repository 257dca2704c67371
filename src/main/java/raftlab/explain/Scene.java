package raftlab.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** How things stand at a moment of a run: all replicas, by what they report and what they got. */
final class Scene {
  private final Trace trace;
  private final boolean durable;
  private final Map<Id, Subject> subjects = new TreeMap<>();
  private final List<Id> members;
  private long beganMicros;
  private long ledTerm;
  private Event.Reported ledBy;
  private boolean changesMembers;

  Scene(Trace trace, boolean durable) {
    this.trace = trace;
    this.durable = durable;
    this.members = List.copyOf(trace.header().replicas());
    members.forEach(id -> subjects.put(id, new Subject(id)));
    for (Event event : trace.events()) {
      if (event instanceof Event.Began began) {
        beganMicros = began.atMicros();
        break;
      }
    }
  }

  Trace trace() {
    return trace;
  }

  /**
   * Whether a message that is delivered is handled at once. A process may leave it in its socket
   * for any time, or the system may have dropped it there.
   */
  boolean handlesAtOnce() {
    return "sim".equals(trace.header().world());
  }

  /** Whether what replicas store survives a crash. */
  boolean isDurable() {
    return durable;
  }

  /** A moment in words: "at 3.214 s". */
  String at(long micros) {
    return String.format(Locale.ROOT, "at %.3f s", (micros - beganMicros) / 1e6);
  }

  /** A time in words: "1.2 s" or "40 ms". */
  static String lasting(long micros) {
    return micros >= 1_000_000
        ? String.format(Locale.ROOT, "%.1f s", micros / 1e6)
        : String.format(Locale.ROOT, "%d ms", Math.round(micros / 1e3));
  }

  /** The replica of this ID; null for whoever is none. */
  Subject subject(Id id) {
    return subjects.get(id);
  }

  Collection<Subject> subjects() {
    return subjects.values();
  }

  /** The latest term of which a leader was reported; 0 if none was. */
  long ledTerm() {
    return ledTerm;
  }

  /** Who reported that. */
  Event.Reported ledBy() {
    return ledBy;
  }

  /** Who votes, as far as this replica knows. */
  List<Id> voters(Subject who) {
    return who.hasMembers ? who.voters : members;
  }

  /** Whether it is known who votes. */
  boolean knowsVoters(Subject who) {
    return who.hasMembers || !changesMembers;
  }

  int majority(Subject who) {
    return voters(who).size() / 2 + 1;
  }

  // ---- what happens ----

  void requested(Event.Requested request) {
    changesMembers |= request.isAdministration();
  }

  /** Returns whether it isn't the first time. */
  boolean started(Id id, long atMicros) {
    Subject known = subjects.get(id);
    if (known == null) {
      Subject added = new Subject(id);
      added.upSince = atMicros;
      subjects.put(id, added);
      changesMembers = true;
      return false;
    }
    if (known.isUp && known.upSince == 0) {
      known.upSince = Math.max(1, atMicros);
      return false;
    }
    known.startAgain(atMicros);
    return true;
  }

  void ended(Id id, long atMicros) {
    Subject known = subjects.get(id);
    if (known != null) {
      known.isUp = false;
      known.troubledAt = atMicros;
    }
  }

  void paused(Id id, boolean isPaused, long atMicros) {
    troubled(id, atMicros);
    Subject known = subjects.get(id);
    if (known != null) {
      known.isPaused = isPaused;
    }
  }

  void troubled(Id id, long atMicros) {
    Subject known = subjects.get(id);
    if (known != null) {
      known.troubledAt = atMicros;
    }
  }

  void delivered(Subject to, Letter letter, Event.Delivered event) {
    Said said = letter.said();
    if (said instanceof Said.Append append) {
      Offers offers = to.offersToAdd(append.term());
      offers.add(append, event);
      to.verifiedEver = Math.max(to.verifiedEver, offers.verified());
    } else if (said instanceof Said.Install install) {
      Offers offers = to.offersToAdd(install.term());
      offers.add(install);
      to.verifiedEver = Math.max(to.verifiedEver, offers.verified());
    } else if (said instanceof Said.VoteReply vote && vote.granted() && !vote.preVote()) {
      to.vote(vote.term(), letter.from());
    } else if (said instanceof Said.AppendReply reply) {
      to.replied(letter.from(), reply, event.atMicros());
    }
  }

  void reported(Subject who, StateChange change, Event.Reported event) {
    who.reports = true;
    apply(who, change, event);
  }

  /** A change that was reported, or that the replica's messages prove. */
  void apply(Subject who, StateChange change, Event.Reported event) {
    long termBefore = who.term;
    change(who, change, event);
    who.termSince = who.term == termBefore ? who.termSince : event.atMicros();
  }

  private void change(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Appended appended) {
      who.log.append(appended.index(), appended.term(), appended.command(), event);
      if (who.role == Role.LEADER
          && who.openingIndex == Said.UNKNOWN
          && appended.term() == who.term) {
        who.openingIndex = appended.index();
      }
    } else if (change instanceof Truncated cut) {
      who.log.truncateFrom(cut.fromIndex());
    } else if (change instanceof Committed committed) {
      who.commit = committed.index();
      who.commitReport = event;
    } else if (change instanceof Applied applied) {
      who.applied = applied.index();
    } else if (change instanceof TermChanged now) {
      who.term = now.term();
    } else if (change instanceof Voted vote) {
      who.term = Math.max(who.term, vote.term());
    } else if (change instanceof RoleChanged now) {
      roleChanged(who, now, event);
    } else if (change instanceof SnapshotTaken snapshot) {
      who.discarded = Math.max(who.discarded, snapshot.index());
    } else if (change instanceof SnapshotInstalled snapshot) {
      who.discarded = Math.max(who.discarded, snapshot.index());
      installed(who, snapshot);
    } else if (change instanceof Restored found) {
      who.term = found.term();
      who.log.endsAt(found.lastIndex(), found.lastTerm());
      who.discarded = Math.max(who.discarded, found.snapshotIndex());
      who.commit = Math.max(0, found.snapshotIndex());
      who.applied = who.commit;
    } else if (change instanceof MembersChanged now) {
      who.voters = now.voters();
      who.hasMembers = !now.voters().isEmpty();
    }
  }

  private void roleChanged(Subject who, RoleChanged now, Event.Reported event) {
    if (now.role() == Role.LEADER) {
      who.leads = event;
      who.leadsSince = event.atMicros();
      who.openingIndex = Said.UNKNOWN;
      if (now.term() > ledTerm) {
        ledTerm = now.term();
        ledBy = event;
      }
    } else {
      who.depositions += who.role == Role.LEADER ? 1 : 0;
      who.leads = null;
    }
    who.role = now.role();
    who.term = now.term();
    who.leader = now.leader();
  }

  private static void installed(Subject who, SnapshotInstalled snapshot) {
    if (snapshot.lastIndex() > snapshot.index() && snapshot.lastIndex() <= who.log.lastIndex()) {
      who.log.truncateFrom(snapshot.lastIndex() + 1);
    } else {
      who.log.endsAt(snapshot.index(), snapshot.term());
    }
    who.commit = Math.max(who.commit, snapshot.index());
    who.applied = Math.max(who.applied, snapshot.index());
  }

  /** All replicas that vote by what this one knows, but itself. */
  List<Id> otherVoters(Subject who) {
    List<Id> others = new ArrayList<>(voters(who));
    others.remove(who.id);
    return others;
  }
}
