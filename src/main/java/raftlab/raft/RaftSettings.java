package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value for each {@link Setting}. Never changes. */
public final class RaftSettings {
  /** The largest entry that fits into a datagram with all other fields, in bytes of JSON. */
  static final int MAX_ENTRY_BYTES = 50_000;

  /** The default of each setting. */
  public static final RaftSettings DEFAULT = new RaftSettings(defaults());

  private final int[] values;

  private RaftSettings(int[] values) {
    this.values = values;
  }

  private static int[] defaults() {
    Setting[] settings = Setting.values();
    int[] values = new int[settings.length];
    for (int i = 0; i < settings.length; i++) {
      values[i] = settings[i].defaultValue();
    }
    return values;
  }

  /** The settings with these names and values, and the defaults of all others. */
  public static RaftSettings of(Map<String, Integer> changes) {
    RaftSettings settings = DEFAULT;
    for (Setting setting : Setting.values()) {
      Integer value = changes.get(setting.name());
      settings = value == null ? settings : settings.with(setting, value);
    }
    return settings;
  }

  /** The settings that differ from their defaults, by name. */
  public Map<String, Integer> changes() {
    Map<String, Integer> changes = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      if (get(setting) != setting.defaultValue()) {
        changes.put(setting.name(), get(setting));
      }
    }
    return changes;
  }

  /** The value of a setting that is a number. */
  public int get(Setting setting) {
    return values[setting.ordinal()];
  }

  /** Whether a switch is on. */
  public boolean is(Setting setting) {
    return values[setting.ordinal()] != 0;
  }

  /**
   * The same settings with one changed. {@link #check} checks whether they are consistent.
   *
   * @throws IllegalArgumentException if the value is out of the setting's bounds
   */
  public RaftSettings with(Setting setting, int value) {
    if (value < setting.min() || value > setting.max()) {
      throw new IllegalArgumentException(
          setting.option()
              + " is "
              + value
              + ", expected "
              + setting.min()
              + " to "
              + setting.max()
              + (setting.isSwitch() ? "" : " " + setting.unit()));
    }
    int[] changed = values.clone();
    changed[setting.ordinal()] = value;
    return new RaftSettings(changed);
  }

  /** The same settings, with this switch off. */
  public RaftSettings without(Setting setting) {
    return with(setting, 0);
  }

  /**
   * Checks whether the settings are consistent; returns them.
   *
   * @throws IllegalArgumentException if they are not
   */
  public RaftSettings check() {
    below(Setting.ELECTION_TIMEOUT_MIN, Setting.ELECTION_TIMEOUT_MAX);
    below(Setting.FIRST_TIMEOUT_MIN, Setting.FIRST_TIMEOUT_MAX);
    below(Setting.HEARTBEAT, Setting.ELECTION_TIMEOUT_MIN);
    int longestLease = (int) (get(Setting.ELECTION_TIMEOUT_MIN) * 9L / 10);
    if (is(Setting.LEASE) && get(Setting.LEASE_TIME) > longestLease) {
      throw new IllegalArgumentException(
          "lease-time is "
              + get(Setting.LEASE_TIME)
              + ", expected at most 90 % of election-timeout-min, which is "
              + longestLease);
    }
    if (get(Setting.RETRANSMIT_MIN) > get(Setting.RETRANSMIT_MAX)) {
      throw new IllegalArgumentException(
          "retransmit-min is "
              + get(Setting.RETRANSMIT_MIN)
              + ", expected at most retransmit-max, which is "
              + get(Setting.RETRANSMIT_MAX));
    }
    return this;
  }

  private void below(Setting lower, Setting upper) {
    if (get(lower) >= get(upper)) {
      throw new IllegalArgumentException(
          lower.option()
              + " is "
              + get(lower)
              + ", expected less than "
              + upper.option()
              + ", which is "
              + get(upper));
    }
  }

  /** The maximum number of entries in a message. */
  int entriesPerMessage() {
    return is(Setting.BATCHING) ? get(Setting.BATCH_ENTRIES) : 1;
  }

  /** The settings that differ from their defaults, as options of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      if (get(setting) == setting.defaultValue()) {
        continue;
      } else if (setting.isSwitch()) {
        words.add((is(setting) ? "--" : "--no-") + setting.option());
      } else {
        words.add("--" + setting.option());
        words.add(Integer.toString(get(setting)));
      }
    }
    return words;
  }

  @Override
  public String toString() {
    List<String> words = words();
    return words.isEmpty() ? "the default settings" : String.join(" ", words);
  }
}
