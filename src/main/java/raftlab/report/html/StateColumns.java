package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.StateHistory;
import raftlab.node.StateChange;
import raftlab.wire.Id;

/** The state changes of all replicas, reported or inferred, as columns. */
final class StateColumns {
  private final Lanes lanes;
  private final TextTable texts;
  private final NumberColumn at = new NumberColumn();
  private final NumberColumn lane = new NumberColumn();
  private final StringBuilder kinds = new StringBuilder();
  private final NumberColumn first = new NumberColumn();
  private final NumberColumn second = new NumberColumn();
  private final NumberColumn third = new NumberColumn();
  private final NumberColumn text = new NumberColumn();

  StateColumns(Lanes lanes, TextTable texts) {
    this.lanes = lanes;
    this.texts = texts;
  }

  /** Adds a change. An inferred one has a lower-case kind. */
  void add(StateHistory.Entry entry) {
    int size = kinds.length();
    add(entry.change());
    if (kinds.length() > size) {
      at.addAscending(entry.position());
      lane.add(lanes.number(entry.replica()));
      if (!entry.isReported()) {
        kinds.setCharAt(size, Character.toLowerCase(kinds.charAt(size)));
      }
    }
  }

  private void add(StateChange change) {
    if (change instanceof StateChange.RoleChanged now) {
      row('R', now.role().ordinal(), now.term(), lanes.number(now.leader()), null);
    } else if (change instanceof StateChange.TermChanged now) {
      row('T', now.term(), 0, 0, null);
    } else if (change instanceof StateChange.Voted vote) {
      row('V', lanes.number(vote.candidate()), vote.term(), 0, null);
    } else if (change instanceof StateChange.Appended entry) {
      row('A', entry.index(), entry.term(), 0, entry.command());
    } else if (change instanceof StateChange.Truncated cut) {
      row('X', cut.fromIndex(), 0, 0, null);
    } else if (change instanceof StateChange.Committed committed) {
      row('C', committed.index(), 0, 0, null);
    } else if (change instanceof StateChange.Applied applied) {
      row('P', applied.index(), applied.term(), 0, null);
    } else if (change instanceof StateChange.Restored found) {
      String rest =
          String.format(
              Locale.ROOT, "%d %d", lanes.number(found.votedFor()), found.snapshotIndex());
      row('O', found.term(), found.lastIndex(), found.lastTerm(), rest);
    } else if (change instanceof StateChange.SnapshotTaken snapshot) {
      row('S', snapshot.index(), snapshot.term(), 0, null);
    } else if (change instanceof StateChange.SnapshotInstalled snapshot) {
      row('I', snapshot.index(), snapshot.term(), snapshot.lastIndex(), null);
    } else if (change instanceof StateChange.MembersChanged members) {
      String learners =
          members.learners().isEmpty() ? "" : "; learners " + list(members.learners());
      row('M', members.index(), 0, 0, list(members.voters()) + learners);
    }
  }

  private static String list(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }

  private void row(char kind, long a, long b, long c, @Nullable String s) {
    kinds.append(kind);
    first.add(Math.max(-1, a));
    second.add(Math.max(-1, b));
    third.add(Math.max(-1, c));
    text.add(texts.number(s));
  }

  /** Writes the columns as fields of an object. */
  void write(JsonWriter json) throws IOException {
    json.name("states").beginObject();
    json.name("at").jsonValue(at.json());
    json.name("lane").jsonValue(lane.json());
    json.name("kind").value(kinds.toString());
    json.name("a").jsonValue(first.json());
    json.name("b").jsonValue(second.json());
    json.name("c").jsonValue(third.json());
    json.name("text").jsonValue(text.json());
    json.endObject();
  }
}
