package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** The safety properties of Figure 3, checked with every state change of every replica. */
final class Safety {
  record Item(long term, String command) {}

  private record Place(long index, long term) {}

  private record Content(String command, long previousTerm) {}

  private record Vote(int replica, long term) {}

  private final int size;
  private final List<List<Item>> logs = new ArrayList<>();
  private final long[] terms;
  private final long[] applied;
  private final long[] commit;
  private final boolean[] isLeader;
  private final Map<Long, Integer> leaders = new HashMap<>();
  private final Map<Vote, Id> votes = new HashMap<>();
  private final Map<Place, Content> entries = new HashMap<>();
  final List<Item> committed = new ArrayList<>();
  private final List<Long> committedInTerm = new ArrayList<>();
  final Map<String, Integer> committedAt = new HashMap<>();
  int elections;

  Safety(int size) {
    this.size = size;
    terms = new long[size];
    applied = new long[size];
    commit = new long[size];
    isLeader = new boolean[size];
    for (int i = 0; i < size; i++) {
      logs.add(new ArrayList<>());
    }
  }

  void booted(int replica, Restored restored) {
    List<Item> log = logs.get(replica);
    log.clear();
    restored.entries().forEach(e -> log.add(new Item(e.term(), e.command().toString())));
    terms[replica] = restored.currentTerm();
    applied[replica] = 0;
    commit[replica] = 0;
  }

  void crashed(int replica) {
    isLeader[replica] = false;
  }

  void changed(int replica, StateChange change) {
    List<Item> log = logs.get(replica);
    if (change instanceof TermChanged changed) {
      assertThat(changed.term()).as("terms only grow").isGreaterThan(terms[replica]);
      terms[replica] = changed.term();
    } else if (change instanceof Voted voted) {
      Id before = votes.putIfAbsent(new Vote(replica, voted.term()), voted.candidate());
      assertThat(before).as("one vote a term").isIn(null, voted.candidate());
    } else if (change instanceof RoleChanged role) {
      isLeader[replica] = role.role() == Role.LEADER;
      if (isLeader[replica]) {
        becameLeader(replica, role.term());
      }
    } else if (change instanceof Appended appended) {
      assertThat(appended.index()).as("next index").isEqualTo(log.size() + 1L);
      long previousTerm = log.isEmpty() ? 0 : log.get(log.size() - 1).term();
      Content content = new Content(appended.command(), previousTerm);
      Content before = entries.putIfAbsent(new Place(appended.index(), appended.term()), content);
      assertThat(before).as("log matching").isIn(null, content);
      log.add(new Item(appended.term(), appended.command()));
    } else if (change instanceof Truncated truncated) {
      assertThat(isLeader[replica]).as("a leader only appends").isFalse();
      assertThat(truncated.fromIndex())
          .as("keeps committed entries")
          .isGreaterThan(commit[replica]);
      log.subList((int) truncated.fromIndex() - 1, log.size()).clear();
    } else if (change instanceof Committed index) {
      assertThat(index.index()).as("commitIndex grows").isGreaterThan(commit[replica]);
      assertThat(index.index()).isLessThanOrEqualTo(log.size());
      commit[replica] = index.index();
      for (int i = (int) applied[replica]; i < index.index(); i++) {
        if (i >= committed.size()) {
          firstCommitted(i, log.get(i), terms[replica]);
        } else {
          assertThat(log.get(i)).as("state machine safety").isEqualTo(committed.get(i));
        }
      }
    } else if (change instanceof Applied one) {
      assertThat(one.index()).as("applied in order").isEqualTo(applied[replica] + 1);
      assertThat(one.index()).isLessThanOrEqualTo(commit[replica]);
      assertThat(one.term()).isEqualTo(committed.get((int) one.index() - 1).term());
      applied[replica] = one.index();
    }
  }

  private void firstCommitted(int at, Item item, long inTerm) {
    long holders = logs.stream().filter(log -> log.size() > at && log.get(at).equals(item)).count();
    assertThat(holders).as("committed by a majority").isGreaterThan(size / 2);
    committed.add(item);
    committedInTerm.add(inTerm);
    if (!item.command().isEmpty()) {
      assertThat(committedAt.put(item.command(), at)).as("executed once").isNull();
    }
  }

  private void becameLeader(int replica, long term) {
    elections++;
    Integer before = leaders.putIfAbsent(term, replica);
    assertThat(before).as("election safety in term " + term).isNull();
    List<Item> log = logs.get(replica);
    // The property speaks of leaders of later terms: a vote that was long under way may still make
    // somebody leader of an earlier one. Checking the last entry is enough: log matching takes care
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

  /** At the end: all replicas have applied the same. */
  void assertAllAppliedEverything() {
    for (int i = 0; i < size; i++) {
      assertThat(applied[i]).as("applied by replica " + i).isEqualTo(committed.size());
    }
  }
}
