package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.SimulatedCluster.MILLI;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Everything goes wrong at random; nothing unsafe may happen, and all must go well again
 * afterwards. {@code -Draftlab.seeds=N} plays more seeds, {@code -Draftlab.seed=N} begins with
 * another one.
 */
final class RandomNetworkTest {
  private static final int SEEDS = Integer.getInteger("raftlab.seeds", 500);
  private static final long FIRST_SEED = Long.getLong("raftlab.seed", 1);
  private static final long TROUBLE = 4_000 * MILLI;

  private static final RaftSettings SHORT_LOG =
      RaftSettings.DEFAULT
          .with(Setting.SNAPSHOT_THRESHOLD, 20)
          .with(Setting.SNAPSHOT_KEEP, 5)
          .with(Setting.SNAPSHOT_CHUNK, 300);

  @Test
  void a_cluster_of_three_is_safe_with_all_faults_and_recovers() {
    playAll(SEEDS / 4, 3, RaftSettings.DEFAULT, false);
  }

  @Test
  void a_cluster_of_five_is_safe_with_all_faults_and_recovers() {
    playAll(SEEDS / 4, 5, RaftSettings.DEFAULT, false);
  }

  @Test
  void without_pre_vote_a_cluster_is_just_as_safe() {
    playAll(SEEDS / 10, 5, RaftSettings.DEFAULT.without(Setting.PRE_VOTE), false);
  }

  @Test
  void with_snapshots_every_20_entries_a_cluster_is_just_as_safe() {
    playAll(SEEDS / 4, 5, SHORT_LOG.with(Setting.SNAPSHOT_KEEP, 0), false);
  }

  @Test
  void while_members_come_and_go_a_cluster_is_just_as_safe() {
    playAll(SEEDS / 4, 3, SHORT_LOG, true);
  }

  @Test
  void without_any_refinement_a_cluster_is_just_as_safe() {
    RaftSettings plain =
        RaftSettings.DEFAULT
            .without(Setting.PRE_VOTE)
            .without(Setting.LEASE)
            .without(Setting.BATCHING)
            .without(Setting.MAJORITY_FIRST);
    playAll(SEEDS / 10, 5, plain, false);
  }

  @Test
  void with_plain_sending_a_cluster_is_just_as_safe() {
    playAll(SEEDS / 10, 5, RaftSettings.DEFAULT.with(Setting.PLAIN_SENDING, 1), false);
  }

  @Test
  void with_plain_sending_and_changing_members_a_cluster_is_just_as_safe() {
    playAll(SEEDS / 10, 3, SHORT_LOG.with(Setting.PLAIN_SENDING, 1), true);
  }

  /**
   * Messages arrive so late that the same replica leads again, in a later term, when they are
   * answered, or when their answers arrive. It receives from the others, but they don't receive
   * from it: those answers must not count for its present messages, or it reads by a lease that it
   * doesn't have. When rejections of an earlier term did count, 17 of 125 seeds had a stale read,
   * the first of them seed 2; 28 without PreVote (seed 5), 28 with small snapshots (seed 7), 11
   * with plain sending (seed 19). Late answers are a quarter of the seeds: if successes of an
   * earlier term count as well, 8 of 50 such seeds fail with plain sending, 1 or 2 otherwise.
   */
  @Test
  void answers_to_messages_of_an_earlier_term_of_the_same_leader_let_it_read_nothing_stale() {
    playAllLateAnswers(SEEDS / 8, RaftSettings.DEFAULT);
  }

  @Test
  void nor_without_pre_vote_do_late_answers_let_it_read_anything_stale() {
    playAllLateAnswers(SEEDS / 16, RaftSettings.DEFAULT.without(Setting.PRE_VOTE));
  }

  @Test
  void nor_with_snapshots_every_20_entries_do_late_answers_let_it_read_anything_stale() {
    RaftSettings settings = SHORT_LOG.with(Setting.SNAPSHOT_KEEP, 0);
    playAllLateAnswers(SEEDS / 16, settings);
  }

  @Test
  void nor_with_plain_sending_do_late_answers_let_it_read_anything_stale() {
    playAllLateAnswers(SEEDS / 16, RaftSettings.DEFAULT.with(Setting.PLAIN_SENDING, 1));
  }

  private static void playAllLateAnswers(int seeds, RaftSettings settings) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      try {
        playLateAnswers(seed, settings);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("with seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  private static void playLateAnswers(long seed, RaftSettings settings) {
    SimulatedCluster cluster = new SimulatedCluster(3, seed, settings);
    SplittableRandom random = cluster.random.split();
    SimulatedClients clients = new SimulatedClients(cluster, 8, 1);
    clients.wandering = 0.5;
    clients.thinkTime = 100 * MILLI;
    clients.timeoutMicros = 50 * MILLI;
    SimulatedOperator operator = new SimulatedOperator(cluster, random.split());
    cluster.startAll();
    assertThat(cluster.runUntil(2_000 * MILLI, () -> cluster.leader() != null)).isTrue();
    SimulatedMachine first = cluster.leader();
    SimulatedMachine second = cluster.machines.get((first.number + 1) % 3);

    // Both times it leads equally long, roughly, so that its messages have the same numbers.
    long firstTime = random.nextLong(100, 800) * MILLI;
    long secondTime = (long) (firstTime * random.nextDouble(0.9, 1.2));
    run(cluster, firstTime);
    // Its messages are late, or the answers of one follower; the other follower answers in time.
    boolean answersAreLate = seed % 4 == 0;
    int late = answersAreLate ? (first.number + 2) % 3 : first.number;
    cluster.lateBy[late] = secondTime + random.nextLong(500, 800) * MILLI;
    run(cluster, 200 * MILLI);
    cluster.lateBy[late] = 0;
    operator.transferTo(second);
    run(cluster, 200 * MILLI);
    operator.transferTo(first);
    cluster.runUntil(cluster.now() + 100 * MILLI, () -> cluster.leader() == first);
    run(cluster, secondTime);

    cluster.dropOutgoing(first.number);
    run(cluster, 420 * MILLI);
    cluster.isolate(first.number); // it must not receive from its successor
    run(cluster, 800 * MILLI);
    assertThat(clients.oks).as("requests that were served").isPositive();
  }

  private static void run(SimulatedCluster cluster, long micros) {
    cluster.runUntil(cluster.now() + micros);
  }

  private static void playAll(int seeds, int size, RaftSettings settings, boolean membersChange) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      try {
        play(size, seed, settings, membersChange, null);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "with %d replicas and seed %d: %s%nall that happened: %s",
                size,
                seed,
                failure.getMessage(),
                transcript(size, seed, settings, membersChange)),
            failure);
      }
    }
  }

  /** Plays a failing seed again and writes down everything; where. */
  private static Path transcript(
      int size, long seed, RaftSettings settings, boolean membersChange) {
    Path file = Path.of("target", "seed-" + seed + ".txt").toAbsolutePath();
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      play(size, seed, settings, membersChange, out::println);
    } catch (AssertionError | RuntimeException asBefore) {
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    throw new AssertionError("seed " + seed + " does not fail again: the run is not deterministic");
  }

  private static void play(
      int size,
      long seed,
      RaftSettings settings,
      boolean membersChange,
      Consumer<String> transcript) {
    // Clocks differ by up to 8 % then, and 10 % is what the lease allows for.
    double drift = seed % 2 == 0 ? 0.02 : 0.04;
    SimulatedCluster cluster = new SimulatedCluster(size, seed * 31 + size, settings, drift);
    cluster.transcript = transcript;
    SplittableRandom random = cluster.random.split();
    weather(cluster, seed, random);
    cluster.startAll();
    SimulatedClients clients = new SimulatedClients(cluster, 4, 2);
    clients.wandering = 0.2;
    SessionClients sessions = new SessionClients(cluster, 2);
    SimulatedOperator operator = new SimulatedOperator(cluster, random.split());
    RandomFaults trouble = new RandomFaults(cluster, random);
    for (long at = 300 * MILLI; at < TROUBLE; at += random.nextLong(50 * MILLI, 900 * MILLI)) {
      cluster.at(at, trouble::strike);
    }
    if (membersChange) {
      for (long at = 400 * MILLI; at < TROUBLE; at += random.nextLong(100 * MILLI, 900 * MILLI)) {
        cluster.at(at, operator::act);
      }
    } else if (random.nextBoolean()) {
      cluster.at(random.nextLong(500 * MILLI, TROUBLE), operator::transfer);
    }
    cluster.runUntil(TROUBLE);
    trouble.end();
    boolean hasLeader = cluster.runUntil(TROUBLE + 3_000 * MILLI, () -> cluster.leader() != null);
    assertThat(hasLeader).as("a leader after the trouble").isTrue();
    // Whoever asks one that was removed while it was cut off, and doesn't know, waits there in
    // vain.
    long bound = (membersChange ? 15_000 : 3_000) * MILLI;
    int enough = clients.oks + 20;
    boolean areServed = cluster.runUntil(cluster.now() + bound, () -> clients.oks > enough);
    assertThat(areServed).as("clients are served after the trouble").isTrue();
    clients.stop();
    sessions.stop();
    // PENDING_TIME is the longest that a client may have to wait for an answer
    cluster.runUntil(cluster.now() + 200 * MILLI);
    for (int i = 0; i < 8 && !clients.outstanding().isEmpty(); i++) {
      cluster.runUntil(cluster.now() + 1_000 * MILLI);
    }
    assertThat(clients.outstanding()).as("unanswered requests").isEmpty();
    // A machine may be paused a while longer than the trouble lasts.
    cluster.runUntil(cluster.now() + 5_000 * MILLI, () -> haveAppliedEverything(cluster, operator));
    checkEnd(cluster, operator, sessions);
    clients.assertRedirectsWereHonest();
  }

  private static boolean haveAppliedEverything(
      SimulatedCluster cluster, SimulatedOperator operator) {
    return cluster.machines.stream()
        .filter(operator::isSurelyMember)
        .allMatch(machine -> cluster.safety.hasAppliedEverything(machine.number));
  }

  private static void checkEnd(
      SimulatedCluster cluster, SimulatedOperator operator, SessionClients sessions) {
    for (SimulatedMachine machine : cluster.machines) {
      cluster.safety.checkPicture(machine.picture());
      if (operator.isSurelyMember(machine)) {
        assertThat(cluster.safety.hasAppliedEverything(machine.number))
            .as("replica " + machine.number + " has applied everything")
            .isTrue();
        sessions.assertOnceEach(machine);
      }
    }
  }

  private static void weather(SimulatedCluster cluster, long seed, SplittableRandom random) {
    cluster.asBytes = seed % 10 == 0;
    cluster.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.4);
    cluster.duplication = random.nextBoolean() ? 0 : random.nextDouble(0.2);
    cluster.lateness = random.nextBoolean() ? 0 : random.nextDouble(0.1);
    cluster.maxDelay = random.nextLong(MILLI, 30 * MILLI);
    cluster.crashInEvent = random.nextBoolean() ? 0 : 0.0005;
  }
}
