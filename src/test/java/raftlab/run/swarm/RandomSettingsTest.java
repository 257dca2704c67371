package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;

class RandomSettingsTest {
  private static final int SEEDS = 500;

  private static RaftSettings of(long seed) {
    return RandomSettings.of(seed, RaftSettings.DEFAULT);
  }

  private static long countOf(Setting setting, int value) {
    return LongStream.range(0, SEEDS).filter(seed -> of(seed).get(setting) == value).count();
  }

  @Test
  void the_same_seed_gives_the_same_settings_which_are_consistent() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(of(seed).check().changes()).isEqualTo(of(seed).changes());
    }
  }

  @Test
  void snapshots_are_often_small_and_nothing_is_kept_in_some_runs() {
    assertThat(countOf(Setting.SNAPSHOT_THRESHOLD, 2)).isGreaterThan(SEEDS / 20);
    assertThat(countOf(Setting.SNAPSHOT_KEEP, 0)).isGreaterThan(SEEDS / 10);
    assertThat(countOf(Setting.SNAPSHOT_THRESHOLD, Setting.SNAPSHOT_THRESHOLD.defaultValue()))
        .isBetween(SEEDS / 5L, SEEDS / 2L);
  }

  @Test
  void optional_rules_are_off_in_some_runs_and_required_ones_in_none() {
    for (Setting rule : Set.of(Setting.PRE_VOTE, Setting.CHECK_QUORUM, Setting.LEASE)) {
      assertThat(countOf(rule, 0)).as(rule.option()).isBetween(SEEDS / 20L, SEEDS / 3L);
    }
    assertThat(countOf(Setting.READ_INDEX, 0)).isZero();
  }

  @Test
  void no_timeout_is_drawn() {
    Set<Setting> drawn = EnumSet.noneOf(Setting.class);
    LongStream.range(0, SEEDS)
        .forEach(
            seed -> of(seed).changes().keySet().forEach(name -> drawn.add(Setting.valueOf(name))));
    assertThat(drawn)
        .noneMatch(setting -> setting.unit().equals("ms"))
        .contains(Setting.WINDOW, Setting.WINDOW_BYTES, Setting.BATCH_ENTRIES, Setting.BATCH_BYTES);
  }

  @Test
  void settings_that_the_user_changed_stay() {
    RaftSettings mine =
        RaftSettings.DEFAULT
            .with(Setting.SNAPSHOT_THRESHOLD, 77)
            .with(Setting.WINDOW, 3)
            .with(Setting.ELECTION_TIMEOUT_MAX, 700);
    for (long seed = 0; seed < SEEDS; seed++) {
      RaftSettings settings = RandomSettings.of(seed, mine);
      assertThat(settings.get(Setting.SNAPSHOT_THRESHOLD)).isEqualTo(77);
      assertThat(settings.get(Setting.WINDOW)).isEqualTo(3);
      assertThat(settings.get(Setting.ELECTION_TIMEOUT_MAX)).isEqualTo(700);
    }
  }
}
