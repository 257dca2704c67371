package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** The safety properties of Figure 3, checked with every state change of every replica. */
final class SafetyChecker {
  record Item(long term, String command) {}

  private record Place(long index, long term) {}

  private record Content(String command, long previousTerm) {}

  private record TermOfReplica(int replica, long term) {}

  /** What one replica has reported. */
  private static final class View {
    final List<Item> log = new ArrayList<>(); // with all that its snapshot covers
    long term;
    long applied;
    long commit;
    boolean isLeader;
    List<Id> voters = List.of();
  }

  private final Map<Integer, View> views = new TreeMap<>();
  private final Map<Long, Integer> leaders = new HashMap<>();
  private final Map<TermOfReplica, Id> votes = new HashMap<>();
  private final Map<Place, Content> entries = new HashMap<>();
  private final Map<Long, byte[]> pictures = new HashMap<>();
  final List<Item> committed = new ArrayList<>();
  private final List<Long> committedInTerm = new ArrayList<>();
  final Map<String, Integer> committedAt = new HashMap<>();
  int elections;
  int installed;

  private View view(int replica) {
    return views.computeIfAbsent(replica, newOne -> new View());
  }

  void booted(int replica, RecoveredState restored) {
    View view = view(replica);
    long base = restored.baseIndex();
    assertThat(base).as("discards only what is committed").isLessThanOrEqualTo(committed.size());
    checkPicture(restored.snapshot());
    List<Item> log = new ArrayList<>(committed.subList(0, (int) base));
    restored.entries().forEach(e -> log.add(new Item(e.term(), e.command().toString())));
    if (base > 0) {
      assertThat(log.get((int) base - 1).term()).isEqualTo(restored.baseTerm());
    }
    assertThat(restored.currentTerm()).as("the term survives").isGreaterThanOrEqualTo(view.term);
    Id vote = votes.get(new TermOfReplica(replica, restored.currentTerm()));
    if (vote != null) {
      assertThat(restored.votedFor()).as("the vote survives").isEqualTo(vote);
    }
    assertThat(log.size())
        .as("what is committed survives")
        .isGreaterThanOrEqualTo((int) view.commit);
    view.log.clear();
    view.log.addAll(log);
    view.term = restored.currentTerm();
    view.applied = restored.snapshot().index();
    view.commit = restored.snapshot().index();
  }

  /** Replicas that have applied the same have the same state, to the byte. */
  void checkPicture(Snapshot picture) {
    if (picture.exists()) {
      byte[] before = pictures.putIfAbsent(picture.index(), picture.data());
      assertThat(before == null || Arrays.equals(before, picture.data()))
          .as("same state after entry " + picture.index())
          .isTrue();
    }
  }

  void crashed(int replica) {
    view(replica).isLeader = false;
  }

  void changed(int replica, StateChange change) {
    View view = view(replica);
    if (change instanceof TermChanged changed) {
      assertThat(changed.term()).as("terms only grow").isGreaterThan(view.term);
      view.term = changed.term();
    } else if (change instanceof Voted voted) {
      Id before = votes.putIfAbsent(new TermOfReplica(replica, voted.term()), voted.candidate());
      assertThat(before).as("one vote a term").isIn(null, voted.candidate());
    } else if (change instanceof RoleChanged role) {
      view.isLeader = role.role() == Role.LEADER;
      if (view.isLeader) {
        becameLeader(replica, role.term());
      }
    } else if (change instanceof Appended appended) {
      appended(view, appended);
    } else if (change instanceof Truncated truncated) {
      assertThat(view.isLeader).as("a leader only appends").isFalse();
      assertThat(truncated.fromIndex()).as("keeps committed entries").isGreaterThan(view.commit);
      view.log.subList((int) truncated.fromIndex() - 1, view.log.size()).clear();
    } else if (change instanceof Committed index) {
      committed(view, index.index());
    } else if (change instanceof Applied one) {
      assertThat(one.index()).as("applied in order").isEqualTo(view.applied + 1);
      assertThat(one.index()).isLessThanOrEqualTo(view.commit);
      assertThat(one.term()).isEqualTo(committed.get((int) one.index() - 1).term());
      view.applied = one.index();
    } else if (change instanceof SnapshotTaken taken) {
      assertThat(taken.index()).isEqualTo(view.applied);
    } else if (change instanceof SnapshotInstalled snapshot) {
      installed(view, snapshot);
    } else if (change instanceof MembersChanged members) {
      view.voters = members.voters();
    }
  }

  private void appended(View view, Appended appended) {
    List<Item> log = view.log;
    assertThat(appended.index()).as("next index").isEqualTo(log.size() + 1L);
    long previousTerm = log.isEmpty() ? 0 : log.get(log.size() - 1).term();
    Content content = new Content(appended.command(), previousTerm);
    Content before = entries.putIfAbsent(new Place(appended.index(), appended.term()), content);
    assertThat(before).as("log matching").isIn(null, content);
    log.add(new Item(appended.term(), appended.command()));
  }

  private void committed(View view, long index) {
    assertThat(index).as("commitIndex grows").isGreaterThan(view.commit);
    assertThat(index).isLessThanOrEqualTo(view.log.size());
    view.commit = index;
    for (int i = (int) view.applied; i < index; i++) {
      if (i >= committed.size()) {
        firstCommitted(i, view.log.get(i), view);
      } else {
        assertThat(view.log.get(i)).as("state machine safety").isEqualTo(committed.get(i));
      }
    }
  }

  private void firstCommitted(int at, Item item, View by) {
    long holders =
        by.voters.stream()
            .map(voter -> view(voter.value()).log)
            .filter(log -> log.size() > at && log.get(at).equals(item))
            .count();
    assertThat(holders).as("committed by a majority").isGreaterThan(by.voters.size() / 2);
    committed.add(item);
    committedInTerm.add(by.term);
    if (!item.command().isEmpty()) {
      Integer before = committedAt.put(item.command(), at);
      // Members may become the same again, and a session's write is repeated on purpose.
      boolean mayRepeat = item.command().startsWith("members") || item.command().contains(" once ");
      assertThat(before == null || mayRepeat).as("executed once: " + item.command()).isTrue();
    }
  }

  private void installed(View view, SnapshotInstalled snapshot) {
    installed++;
    int index = (int) snapshot.index();
    assertThat(snapshot.index()).as("never over newer entries").isGreaterThan(view.commit);
    assertThat(index).as("only what is committed").isLessThanOrEqualTo(committed.size());
    assertThat(snapshot.term()).isEqualTo(committed.get(index - 1).term());
    boolean staysBehind =
        view.log.size() >= index && view.log.get(index - 1).term() == snapshot.term();
    List<Item> log = new ArrayList<>(committed.subList(0, index));
    if (staysBehind) {
      log.addAll(view.log.subList(index, view.log.size()));
    }
    assertThat(snapshot.lastIndex()).as("keeps what follows").isEqualTo(log.size());
    view.log.clear();
    view.log.addAll(log);
    view.commit = index;
    view.applied = index;
  }

  private void becameLeader(int replica, long term) {
    elections++;
    Integer before = leaders.putIfAbsent(term, replica);
    assertThat(before).as("election safety in term " + term).isNull();
    List<Item> log = view(replica).log;
    // The property is about leaders of later terms: a vote that was long under way may still make
    // a replica leader of an earlier one. Checking the last entry is enough: log matching takes
    // care
    // of those before it.
    int last = committed.size() - 1;
    while (last >= 0 && committedInTerm.get(last) >= term) {
      last--;
    }
    if (last >= 0) {
      assertThat(log.size()).as("leader completeness").isGreaterThan(last);
      assertThat(log.get(last)).as("leader completeness").isEqualTo(committed.get(last));
    }
  }

  /** The members by the last configuration that is committed; null if none ever changed. */
  String lastMembers() {
    for (int i = committed.size() - 1; i >= 0; i--) {
      if (committed.get(i).command().startsWith("members")) {
        return committed.get(i).command();
      }
    }
    return null;
  }

  /** The replica has applied all that was committed. */
  boolean hasAppliedEverything(int replica) {
    return view(replica).applied == committed.size();
  }
}
