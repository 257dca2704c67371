package raftlab.scenario.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.Step;
import raftlab.scenario.file.ScenarioReader;

/** An action in words has everything that its object says. */
class ActionTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type": "kill_leader", "for": 2 | kill_leader/2 s
          "type": "crash", "who": ["leader", "2 random"], "chance": 0.5, "midway": true, "as": "x" | crash leader, 2 random/middle/0.5/x
          "type": "cut", "who": "leader", "from": "rest", "way": "out" | cut leader/from rest/from them
          "type": "cut", "who": "leader", "way": "in" | cut leader/to them
          "type": "partition", "groups": [["leader", "non_leader"], "rest"] | partition/leader, non_leader;rest
          "type": "network", "loss": 0.125, "from": "leader", "to": "0002" | network/from leader/to 0002/12.5 % lost
          "type": "network", "clients": true | network/clients/perfect
          "type": "slow", "who": "all", "delay": [0.1, 0.2] | slow all/0.1 s to 0.2 s
          "type": "clock", "who": "all", "rate": 1.5 | clock all/1.5
          "type": "disk", "who": "all", "state": "torn" | disk all/torn
          "type": "cas", "key": "k", "expect": "a", "value": "b", "answer": "no_ok" | cas/"k"/from "a"/"b"/not/ok
          "type": "requests", "clients": 1, "count": 9, "pause": 0.1, "mix": {"get": 1, "put": 2, "cas": 1} | requests/1 client/0.1 s/9 operations/25 % gets, 50 % puts and 25 % compare-and-sets/5 keys/1 s
          """)
  void an_action_is_described_in_words(String action, String words) throws ScenarioException {
    String json = "{\"lifetime\": 30, \"replicas\": 5, \"steps\": [{" + action + "}]}";

    Step.Act step = (Step.Act) ScenarioReader.read("x", json).steps().get(0);

    assertThat(ActionText.of(step.action()))
        .containsSubsequence(words.replace(";", " | ").split("/"));
  }
}
