package raftlab.raft;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Settings as a transcript names them: by their options on a command line. */
final class TranscriptSettings {
  private TranscriptSettings() {}

  /** These settings with one changed: "no-pre-vote", or "snapshot-threshold=5". */
  static RaftSettings with(RaftSettings settings, String word) {
    String[] parts = word.split("=", 2);
    for (Setting setting : Setting.values()) {
      if (parts.length == 2 && !setting.isSwitch() && parts[0].equals(setting.option())) {
        return settings.with(setting, TranscriptWordParser.number(parts[1]));
      } else if (setting.isSwitch() && word.equals("no-" + setting.option())) {
        return settings.without(setting);
      }
    }
    List<String> known =
        Stream.concat(
                Stream.of("seed"),
                Arrays.stream(Setting.values()).map(s -> (s.isSwitch() ? "no-" : "") + s.option()))
            .toList();
    throw TranscriptWordParser.unknown(parts[0], "setting", known);
  }

  /**
   * A time in ms: "50", or a setting's name for the time that it sets. So a transcript that waits
   * for a heartbeat needn't know how long that takes.
   */
  static int millis(RaftSettings settings, String word) {
    if (Character.isDigit(word.charAt(0))) {
      return TranscriptWordParser.number(word);
    }
    List<Setting> times =
        Arrays.stream(Setting.values()).filter(setting -> setting.unit().equals("ms")).toList();
    return times.stream()
        .filter(setting -> setting.option().equals(word))
        .map(settings::get)
        .findFirst()
        .orElseThrow(
            () ->
                TranscriptWordParser.unknown(
                    word, "time", times.stream().map(Setting::option).toList()));
  }
}
