package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.trace.ReportedLog;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Commands that show the logs of replicas, and what is in their stores. */
final class LogCommands {
  private static final int DEFAULT_ENTRIES = 20;
  private static final int MAX_ENTRIES = 2_000;
  private static final int MAX_CHARS = 50;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  LogCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "log [ID] [N]",
            "show the log of a replica, or the ends of all logs",
            """
            log         the terms of the last entries of all logs, as in Figure 7 of the paper; | ends what is committed
            log 2       the last 20 entries of 0002, with terms and commands; √ marks committed ones
            log 2 100   the last 100\
            """,
            this::log),
        ConsoleCommand.onLab(
            "diff ID ID",
            "show where two logs differ",
            "diff 1 2   the entries from the first difference on",
            this::diff),
        ConsoleCommand.onLab(
            "data [KEY]",
            "show the keys and values in each replica's store, by the entries that it has applied",
            """
            data     all keys, one column a replica
            data x   one key
            Needs replicas that report their logs with commands as the reference replica writes them.\
            """,
            this::data));
  }

  private ShownState state(Map<Id, ShownState> states, Id id) {
    return Objects.requireNonNull(states.get(id), "each replica has one");
  }

  private ConsoleCommandResult log(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    arguments.requireAtMost(2);
    Map<Id, ShownState> states = ShownState.of(cluster);
    if (arguments.remaining() == 0) {
      LogTerms.lines(cluster.lab().replicas(), states, DEFAULT_ENTRIES, output.style())
          .forEach(output::print);
      output.print(output.style().faint("the numbers are terms; | ends what is committed"));
      return ConsoleCommandResult.DONE;
    }
    Id id = new TargetParser(cluster).oneReplica(arguments.next("a replica's ID").text());
    int count =
        arguments.remaining() == 0
            ? DEFAULT_ENTRIES
            : (int)
                CommandArguments.number(
                    arguments.next("a number"),
                    "a number of entries from 1 to " + MAX_ENTRIES,
                    1,
                    MAX_ENTRIES);
    entries(id, state(states, id), count);
    return ConsoleCommandResult.DONE;
  }

  private void entries(Id id, ShownState state, int count) {
    ReportedLog log = state.log();
    output.print(
        output.style().bold("log of " + id)
            + (state.inferred() ? " as its messages show it" : "")
            + ": "
            + (log.lastIndex() == 0 ? "no entry is known" : "ends at entry " + log.lastIndex())
            + ", committed up to "
            + ShownState.number(state.commitIndex()));
    if (log.base() > 0 && log.lastIndex() - count < log.base()) {
      output.print(
          output.style().faint("  entries up to " + log.base() + " are not known one by one"));
    }
    for (long index = Math.max(log.base(), log.lastIndex() - count) + 1;
        index <= log.lastIndex();
        index++) {
      output.print(entry(state, index));
    }
  }

  private String entry(ShownState state, long index) {
    boolean committed = index <= state.commitIndex();
    String text =
        String.format(
            Locale.ROOT,
            "%6d  term %-3s %s %s",
            index,
            termText(state.log(), index),
            committed ? "√" : " ",
            command(state, index));
    return committed ? text : output.style().warning(text);
  }

  private static String termText(ReportedLog log, long index) {
    return ShownState.number(log.termAt(index));
  }

  private static String command(ShownState state, long index) {
    String command = state.log().commandAt(index);
    return !command.isEmpty()
        ? PrintableText.of(command, MAX_CHARS)
        : state.inferred() ? "" : "(no command)";
  }

  private ConsoleCommandResult diff(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    TargetParser targets = new TargetParser(cluster);
    Id one = targets.oneReplica(arguments.next("a replica's ID").text());
    Id other = targets.oneReplica(arguments.next("another replica's ID").text());
    arguments.requireAtMost(0);
    Map<Id, ShownState> states = ShownState.of(cluster);
    ShownState a = state(states, one);
    ShownState b = state(states, other);
    long from = Math.max(a.log().base(), b.log().base()) + 1;
    long last = Math.max(a.log().lastIndex(), b.log().lastIndex());
    long index = from;
    while (index <= last && isSame(a, b, index)) {
      index++;
    }
    if (index > last) {
      output.print("the logs of " + one + " and " + other + " are equal, up to entry " + last);
      return ConsoleCommandResult.DONE;
    }
    output.print(
        (index == from
                ? "the logs differ from entry "
                : "equal up to entry " + (index - 1) + "; then from entry ")
            + index
            + ":");
    output.print(
        output.style().bold(String.format(Locale.ROOT, "%6s  %-34s  %s", "entry", one, other)));
    for (; index <= last && index < from + MAX_ENTRIES; index++) {
      String line =
          String.format(Locale.ROOT, "%6d  %-34s  %s", index, side(a, index), side(b, index));
      output.print(isSame(a, b, index) ? line : output.style().warning(line));
    }
    return ConsoleCommandResult.DONE;
  }

  private static boolean isSame(ShownState a, ShownState b, long index) {
    return index <= a.log().lastIndex()
        && index <= b.log().lastIndex()
        && a.log().termAt(index) == b.log().termAt(index)
        && (a.inferred()
            || b.inferred()
            || a.log().commandAt(index).equals(b.log().commandAt(index)));
  }

  private static String side(ShownState state, long index) {
    if (index > state.log().lastIndex()) {
      return "-";
    }
    String command = command(state, index);
    String text = "term " + termText(state.log(), index) + " " + command;
    return (text.length() > 32 ? text.substring(0, 31) + "…" : text)
        + (index <= state.commitIndex() ? " √" : "");
  }

  private ConsoleCommandResult data(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    String only = arguments.remaining() > 0 ? arguments.next("a key").text() : null;
    arguments.requireAtMost(0);
    Map<Id, ShownState> states = ShownState.of(cluster);
    Map<Id, AppliedStore> stores = new TreeMap<>();
    states.forEach((id, state) -> stores.put(id, AppliedStore.of(state)));
    List<String> keys =
        stores.values().stream()
            .flatMap(store -> store.values().keySet().stream())
            .filter(key -> only == null || key.equals(only))
            .distinct()
            .sorted()
            .toList();
    if (keys.isEmpty()) {
      output.print(output.style().faint(noData(stores, only)));
      return ConsoleCommandResult.DONE;
    }
    StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "%-10s", "key"));
    stores.keySet().forEach(id -> heading.append(String.format(Locale.ROOT, " %-12s", id)));
    output.print(output.style().bold(heading.toString().stripTrailing()));
    for (String key : keys) {
      output.print(dataRow(key, stores));
    }
    if (stores.values().stream().anyMatch(store -> !store.complete())) {
      output.print(
          output
              .style()
              .faint("? replicas whose earlier entries are not known, or not understood"));
    }
    return ConsoleCommandResult.DONE;
  }

  private static String noData(Map<Id, AppliedStore> stores, @Nullable String key) {
    boolean known = stores.values().stream().anyMatch(AppliedStore::complete);
    return !known
        ? "the replicas don't report which commands they have applied (see RAFTLAB_TRACE in the"
            + " contract)"
        : key == null ? "no key was written yet" : "no replica has applied a write of this key";
  }

  private String dataRow(String key, Map<Id, AppliedStore> stores) {
    List<String> values = new ArrayList<>();
    for (AppliedStore store : stores.values()) {
      String value = store.values().get(key);
      values.add(value == null ? store.complete() ? "-" : "?" : PrintableText.of(value, 11));
    }
    boolean same = values.stream().distinct().count() == 1;
    StringBuilder row =
        new StringBuilder(String.format(Locale.ROOT, "%-10s", PrintableText.of(key, 9)));
    values.forEach(value -> row.append(String.format(Locale.ROOT, " %-12s", value)));
    String text = row.toString().stripTrailing();
    return same ? text : output.style().warning(text);
  }
}
