package raftlab.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;

final class ReplicaOptionsTest {
  private static ReplicaOptions parse(String words) {
    return ReplicaOptions.parse(List.of(words.split(" ")));
  }

  @Test
  void options_stand_among_the_words_of_the_course() {
    ReplicaOptions options = parse("--no-pre-vote 9000 0000 --heartbeat 100 0001 --window=2");

    assertThat(options.positional()).containsExactly("9000", "0000", "0001");
    assertThat(options.settings().is(Setting.PRE_VOTE)).isFalse();
    assertThat(options.settings().get(Setting.HEARTBEAT)).isEqualTo(100);
    assertThat(options.settings()).hasToString("--no-pre-vote --heartbeat 100 --window 2");
  }

  @Test
  void the_command_line_counts_more_than_the_environment() {
    ReplicaOptions options =
        ReplicaOptions.parse(" --heartbeat 90  --no-lease ", List.of("--heartbeat", "80"));

    assertThat(options.settings()).hasToString("--no-lease --heartbeat 80");
  }

  @Test
  void without_the_variable_all_is_as_by_default() {
    assertThat(ReplicaOptions.fromEnvironment(null).settings())
        .hasToString(RaftSettings.DEFAULT.toString());
    assertThat(ReplicaOptions.fromEnvironment("  ").settings()).hasToString("the default settings");
  }

  @Test
  void a_wrong_option_names_the_nearest() {
    assertThatThrownBy(() -> parse("--no-prevote"))
        .hasMessage(
            "found \"--no-prevote\", expected one of the options; did you mean --no-pre-vote?");
    assertThatThrownBy(() -> parse("--no-heartbeat"))
        .hasMessageStartingWith("found \"--no-heartbeat\"");
    assertThatThrownBy(() -> parse("--lease=1")).hasMessageStartingWith("found \"--lease=1\"");
  }

  @Test
  void a_wrong_value_is_reported_with_the_bounds() {
    assertThatThrownBy(() -> parse("--window many"))
        .hasMessage("window is \"many\", expected 1 to 1000 messages");
    assertThatThrownBy(() -> parse("--window 1001"))
        .hasMessage("window is 1001, expected 1 to 1000 messages");
    assertThatThrownBy(() -> parse("--window"))
        .hasMessage("found nothing after --window, expected a number");
    assertThatThrownBy(() -> parse("--heartbeat 500"))
        .hasMessage("heartbeat is 500, expected less than election-timeout-min, which is 385");
  }

  @Test
  void a_wrong_variable_is_named() {
    assertThatThrownBy(() -> ReplicaOptions.fromEnvironment("no-lease"))
        .hasMessage(
            "RAFTLAB_OPTIONS: found \"no-lease\", expected an option such as --no-pre-vote");
  }

  @Test
  void the_help_has_every_setting_with_its_default() {
    String help = ReplicaOptions.help();

    for (Setting setting : Setting.values()) {
      assertThat(help).contains(setting.option()).contains(setting.help().split(" ")[0]);
    }
    assertThat(help).contains("--heartbeat N  (default 310 ms)").contains("--no-pre-vote\n");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }
}
