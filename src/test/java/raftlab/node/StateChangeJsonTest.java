package raftlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.node.StateChange.Role;
import raftlab.wire.Id;
import raftlab.wire.RecordJson;

/** State changes as JSON, as replicas write them and as the kit reads them. */
class StateChangeJsonTest {
  /** One of each kind. */
  private static final List<StateChange> ALL =
      List.of(
          new StateChange.RoleChanged(Role.PRE_CANDIDATE, 3, Id.BROADCAST),
          new StateChange.TermChanged(Long.MAX_VALUE),
          new StateChange.Voted(3, Id.of(0xAB)),
          new StateChange.Appended(1, 3, "put \"k\n\" välue 😀\u2028"),
          new StateChange.Truncated(1),
          new StateChange.Committed(1),
          new StateChange.Applied(1, 3),
          new StateChange.Restored(3, Id.BROADCAST, 0, 7, 2),
          new StateChange.SnapshotTaken(5, 2),
          new StateChange.SnapshotInstalled(5, 2, 7),
          new StateChange.MembersChanged(4, List.of(Id.of(0), Id.of(1)), List.of()),
          new StateChange.Note("timer: 312 ms"));

  private static StateChange read(String json) {
    return RecordJson.readOneOf(
        StateChange.class, "change", JsonParser.parseString(json).getAsJsonObject());
  }

  @Test
  void every_kind_is_written_in_one_line_and_read_back() {
    for (StateChange change : ALL) {
      String line = json(change);
      assertThat(line).doesNotContain("\n");
      assertThat(read(line)).isEqualTo(change);
    }
    assertThat(ALL).hasSameSizeAs(StateChange.class.getPermittedSubclasses());
  }

  @Test
  void its_name_comes_first() {
    assertThat(json(new StateChange.Voted(3, Id.of(0))))
        .isEqualTo(
            """
            {"change":"Voted","term":3,"candidate":"0000"}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | "change" is null, expected one of ["Appended", "Applied",
          {"change": "Explode"} | "change" is "Explode", expected one of ["Appended", "Applied",
          {"change": ["Voted"]} | "change" is ["Voted"], expected one of ["Appended", "Applied",
          {"change": "Voted", "term": 3} | "candidate" is missing
          {"change": "Committed"} | "index" is missing
          {"change": "Committed", "index": 1.5} | "index" is 1.5, expected a value of type long
          {"change": "Committed", "index": 1e999999999} | "index" is 1e999999999, expected a value
          {"change": "Committed", "index": "1"} | "index" is "1", expected a value of type long
          {"change": "Committed", "index": null} | "index" is null, expected a value of type long
          {"change": "Committed", "index": [1]} | "index" is [1], expected a value of type long
          {"change": "Voted", "term": 3, "candidate": 7} | "candidate" is 7, expected a value of type id
          {"change": "Voted", "term": 3, "candidate": "x"} | "candidate" is "x", expected a value of
          {"change": "Appended", "index": 1, "term": 3, "command": null} | "command" is null, expected
          {"change": "RoleChanged", "role": "KING", "term": 1, "leader": "FFFF"} | found "KING", expected one of [FOLLOWER
          {"change": "MembersChanged", "index": 1, "voters": 1, "learners": []} | "voters" is 1, expected a value of type list
          {"change": "MembersChanged", "index": 1, "voters": [null], "learners": []} | "voters" is [null], expected
          {"change": "MembersChanged", "index": 1, "voters": ["x"], "learners": []} | "voters" is ["x"], expected
          """)
  void an_invalid_state_change_is_refused_and_the_field_is_named(String json, String complaint) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(JsonParseException.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void the_contract_names_every_kind_with_its_fields_and_gives_an_example() throws IOException {
    List<String> contract = Files.readAllLines(Path.of("src/site/markdown/contract.md"));
    List<Object> examples =
        contract.stream()
            .filter(line -> line.startsWith("    {\"change\""))
            .<Object>map(line -> read(line).getClass())
            .toList();
    assertThat(examples)
        .containsExactlyInAnyOrder((Object[]) StateChange.class.getPermittedSubclasses());
    for (Class<?> kind : StateChange.class.getPermittedSubclasses()) {
      String fields =
          Arrays.stream(kind.getRecordComponents())
              .map(field -> "`" + field.getName() + "`")
              .collect(Collectors.joining(", "));
      assertThat(contract)
          .anyMatch(
              line -> line.startsWith("| `" + kind.getSimpleName() + "` | " + fields + " | "));
    }
  }

  private static String json(StateChange change) {
    StringWriter text = new StringWriter();
    try {
      RecordJson.write("change", (Record) change, new JsonWriter(text));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return text.toString();
  }
}
