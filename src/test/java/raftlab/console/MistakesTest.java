package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "crahs 1; did you mean crash?",
        "exti; did you mean exit?",
        "crash leder; did you mean leader?",
        "restrat 1; did you mean restart?",
        "restart laeder; did you mean leader?",
        "restart randm; did you mean random?",
        "remove leadr; did you mean leader?",
        "trasfer 1; did you mean transfer?",
        "appnd x 1; did you mean append?",
        "wait laeder; did you mean leader?",
        "partition leader | rset; did you mean rest?",
        "suite coures; did you mean \"course\"?",
        "help stauts; did you mean status?",
        "drop 20; did you mean 20%?"
      })
  void a_slip_of_the_finger_is_answered_with_the_nearest_word(String line, String meant) {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader");
      String said = console.obey(line);
      assertThat(said).contains(meant);
      assertThat(said.strip().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "start; expected how many replicas",
        "start 1; a number of replicas from 2 to 21",
        "start many; a number of replicas from 2 to 21",
        "start 99999999999; a number of replicas from 2 to 21",
        "status; nothing is started yet",
        "put x 1; nothing is started yet",
        "crash leader; nothing is started yet",
        "restart all; nothing is started yet",
        "transfer; nothing is started yet",
        "add; nothing is started yet",
        "remove 1; nothing is started yet",
        "cas x 1 2; nothing is started yet",
        "help put get; found \"get\" too much",
        "seed x; a whole number",
        "run; expected a scenario",
        "suite; expected a suite"
      })
  void before_a_start_too_every_mistake_is_one_line(String line, String part) {
    try (TestConsole console = TestConsole.simulated()) {
      assertThat(console.obey(line)).contains(part).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "put; expected a key",
        "put x; expected a value",
        "put x hello world; quotes keep spaces",
        "get; expected a key",
        "get x y; found \"y\" too much",
        "get x @7; from 0000 to 0002",
        "crash; expected an ID",
        "crash 3; from 0000 to 0002",
        "crash FFFF; from 0000 to 0002",
        "start 0001; runs already",
        "restart; expected an ID",
        "restart 3; from 0000 to 0002",
        "restart 0 1 x; from 0000 to 0002, or leader, all, random",
        "transfer 3; from 0000 to 0002",
        "transfer 0 1; found \"1\" too much",
        "add 3; from 0000 to 0002",
        "add 1; is a member already",
        "add 1 2; found \"2\" too much",
        "remove; expected an ID, leader or random",
        "remove 3; from 0000 to 0002, or leader, random",
        "remove 0 1; found \"1\" too much",
        "append x; expected a value",
        "append x 1 2 3; found \"2\" too much",
        "cas x; expected the value that is there",
        "cas x 1; expected a value",
        "cas x 1 2 @7; from 0000 to 0002",
        "partition; expected groups",
        "partition 0 |; a group without members",
        "partition 0 | 0 1; twice",
        "partition 0 1 2; all replicas in one group",
        "wait; expected seconds",
        "wait soon; expected seconds",
        "log -3; from 1 to 2000",
        "output; expected a replica's ID",
        "drop 101%; a percentage such as 10%",
        "get \"x; unterminated quote"
      })
  void after_a_mistake_the_cluster_is_as_it_was(String line, String part) {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader", "put x 1");
      assertThat(console.obey(line)).contains(part).hasLineCount(1);
      assertThat(console.obey("get x")).startsWith("\"1\"");
      assertThat(console.obey("status"))
          .contains("drops 0 %, network whole")
          .doesNotContain("crashed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash leader", "restart leader", "remove leader", "partition leader"})
  void the_leader_can_only_be_named_where_one_is_known(String line) {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3");
      assertThat(console.obey(line)).contains("no leader is known at present; `wait leader`");
    }
  }

  @Test
  void the_dead_are_neither_asked_nor_killed_again() {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader", "crash 1");
      assertThat(console.obey("crash 1")).contains("expected a replica that runs");
      assertThat(console.obey("get x @1")).contains("expected a replica that is up");
      console.obey("crash all");
      assertThat(console.obey("crash all")).contains("no replica runs");
      assertThat(console.obey("put x 1")).contains("no replica is up");
      assertThat(console.obey("restart random")).contains("no replica is up");
      assertThat(console.obey("transfer")).contains("no replica is up");
      assertThat(console.obey("add")).contains("no replica is up");
      assertThat(console.obey("remove random")).contains("no replica is up");
    }
  }

  @Test
  void what_no_datagram_holds_is_refused() {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader");
      assertThat(console.obey("put x " + "y".repeat(70_000))).contains("expected 65507 at most");
      assertThat(console.obey("get x")).startsWith("\"\"");
    }
  }
}
