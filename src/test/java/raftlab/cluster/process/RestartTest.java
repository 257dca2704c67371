package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.RecordingObserver;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.TermChanged;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Real processes that are crashed and restarted. */
class RestartTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id D = Id.of(3);
  private static final long BOUND_MICROS = 60_000_000;

  private final RecordingObserver observer = new RecordingObserver();

  private Cluster open(ReplicaCommand command, boolean durable) {
    return new ProcessWorld(command).open(List.of(A, B), 1, durable, observer);
  }

  private static ReplicaCommand python() {
    return ReplicaCommand.parse("src/test/resources/replicas/remembers");
  }

  private void await(Cluster cluster, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      assertThat(cluster.nowMicros()).as("%s", observer.lines()).isLessThan(BOUND_MICROS);
      cluster.advance(cluster.nowMicros() + 100_000);
    }
  }

  private void await(Cluster cluster, String line) {
    await(cluster, () -> observer.lines().contains(line));
  }

  private <T extends StateChange> List<T> changes(Class<T> type) {
    return observer.changes().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A message of this term: a vote that was not granted, as far as Raft goes. */
  private static Message ofTerm(int term) {
    JsonObject fields = new JsonObject();
    fields.addProperty("term", term);
    fields.addProperty("granted", false);
    fields.addProperty("round", 1);
    return Message.of(B, A, Id.BROADCAST, "voteReply", null, fields);
  }

  private void store(Cluster cluster, int term) {
    cluster.deliver(A, ofTerm(term));
    await(cluster, "0000 sent stored");
  }

  @Test
  void a_replica_in_another_language_finds_its_data_again_and_its_reports_come_with_its_messages() {
    try (Cluster cluster = open(python(), true)) {
      cluster.start(A);
      await(cluster, "0000 sent awake");
      store(cluster, 7);
      // What it wrote before it sent is reported with the message at the latest.
      assertThat(observer.lines())
          .containsSubsequence(
              "0000 " + new MembersChanged(0, List.of(B), List.of()), "0000 sent stored")
          .contains("0000 " + new TermChanged(7));
      cluster.crash(A);
      observer.clear();
      cluster.start(A);
      await(cluster, "0000 sent awake");
      assertThat(observer.changes()).startsWith(new Restored(7, Id.BROADCAST, 0, 0, 0));
    }
  }

  @Test
  void data_directories_are_gone_when_the_cluster_is_closed() {
    Path data;
    try (Cluster cluster = open(python(), true)) {
      cluster.start(A);
      await(cluster, () -> printedPath() != null);
      data = printedPath();
      assertThat(data).isDirectory();
    }
    assertThat(data.getParent()).doesNotExist();
  }

  private Path printedPath() {
    String printed = "0000 printed ";
    return observer.lines().stream()
        .filter(line -> line.startsWith(printed))
        .map(line -> Path.of(line.substring(printed.length())))
        .findFirst()
        .orElse(null);
  }

  @Test
  void a_replica_that_joins_gets_the_join_flag_at_every_start_and_any_other_finds_no_data() {
    try (Cluster cluster = open(python(), false)) {
      cluster.start(A);
      await(cluster, "0000 sent awake");
      store(cluster, 7);
      cluster.crash(A);
      observer.clear();
      cluster.start(A);
      await(cluster, "0000 sent awake");
      cluster.join(C);
      await(cluster, "0002 sent awake");
      cluster.join(D);
      await(cluster, "0003 sent awake");
      cluster.crash(C);
      observer.lines().clear();
      cluster.start(C);
      await(cluster, "0002 sent awake");
      assertThat(observer.changes())
          .containsExactly(
              new MembersChanged(0, List.of(B), List.of()),
              new MembersChanged(1, List.of(A, B), List.of()),
              new MembersChanged(1, List.of(A, B, C), List.of()),
              new MembersChanged(1, List.of(A, B, D), List.of()));
    }
  }

  @Test
  void the_reference_replica_restores_its_term_from_its_disk() {
    try (Cluster cluster = open(ReplicaCommand.reference(), true)) {
      cluster.start(A);
      await(cluster, "0000 ready");
      cluster.deliver(A, ofTerm(5));
      await(cluster, "0000 " + new TermChanged(5));
      cluster.crash(A);
      observer.clear();
      cluster.start(A);
      await(cluster, () -> !changes(Restored.class).isEmpty());
      assertThat(changes(Restored.class).get(0).term()).isEqualTo(5);
    }
  }

  @Test
  void the_reference_replica_refuses_a_damaged_disk_in_one_line() {
    String damage = "echo a letter to my aunt >\"$RAFTLAB_DATA_DIR/journal\"; exec \"$@\"";
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", damage, "sh"));
    words.addAll(ReplicaCommand.reference().words());
    try (Cluster cluster = open(new ReplicaCommand(words, words), true)) {
      cluster.start(A);
      await(cluster, () -> observer.lines().stream().anyMatch(line -> line.contains("exited")));
      String last = observer.lines().get(observer.lines().size() - 1);
      assertThat(last)
          .startsWith("0000 exited 1 [raftlab replica: ")
          .contains("/journal: byte 0: ")
          .endsWith("the file is damaged, restore it or delete it to start as a new replica]");
    }
  }
}
