package raftlab.run.swarm;

import java.util.EnumMap;
import java.util.Map;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;

/**
 * Draws the reference replica's settings for a random scenario: small snapshots, small windows, and
 * optional rules switched off. Only settings with which a correct replica passes, and that are
 * consistent with any others, so no timeouts. A message always has room for some entries: with one
 * entry per message, a backlog of thousands of entries needs as many messages as a flood.
 */
public final class RandomSettings {
  private final RandomChoices dice;
  private final Map<Setting, Integer> drawn = new EnumMap<>(Setting.class);

  private RandomSettings(long seed) {
    dice = new RandomChoices(seed, "settings");
  }

  /**
   * Draws the settings of a seed.
   *
   * @param given the user's settings; those that differ from their defaults stay as they are
   */
  public static RaftSettings of(long seed, RaftSettings given) {
    RandomSettings random = new RandomSettings(seed);
    random.draw();
    RaftSettings settings = given;
    for (Map.Entry<Setting, Integer> each : random.drawn.entrySet()) {
      Setting setting = each.getKey();
      if (given.get(setting) == setting.defaultValue()) {
        settings = settings.with(setting, each.getValue());
      }
    }
    return settings;
  }

  private void draw() {
    if (dice.chance(0.6)) {
      int threshold = dice.any(2, dice.between(2, 10), dice.between(10, 60), 100);
      set(Setting.SNAPSHOT_THRESHOLD, threshold);
      set(Setting.SNAPSHOT_KEEP, dice.any(0, 0, 1, dice.between(0, threshold), 2 * threshold));
    }
    maybe(0.3, Setting.SNAPSHOT_CHUNK, dice.any(500, 1_000, 4_000));
    maybe(0.15, Setting.PRE_VOTE, 0);
    maybe(0.15, Setting.CHECK_QUORUM, 0);
    maybe(0.15, Setting.LEASE, 0);
    maybe(0.1, Setting.BATCH_ENTRIES, 2);
    maybe(0.15, Setting.MAJORITY_FIRST, 0);
    maybe(0.1, Setting.PLAIN_SENDING, 1);
    maybe(0.2, Setting.WINDOW, dice.any(1, 2, 16, 100));
    maybe(0.15, Setting.BATCH_ENTRIES, dice.any(2, 3, 5, 50));
    maybe(0.1, Setting.WINDOW_BYTES, dice.any(1, 1_000, 10_000));
    maybe(0.1, Setting.BATCH_BYTES, dice.any(1_000, 2_000, 5_000));
  }

  private void maybe(double probability, Setting setting, int value) {
    if (dice.chance(probability)) {
      set(setting, value);
    }
  }

  private void set(Setting setting, int value) {
    drawn.put(setting, value);
  }
}
