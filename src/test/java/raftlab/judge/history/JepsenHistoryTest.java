package raftlab.judge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityResult;

/** Histories as Jepsen stores them and as Knossos' data have them. */
class JepsenHistoryTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("history.edn"), text);
  }

  private History read(String text) throws IOException {
    return HistoryFile.read(file(text), InitialState.AUTO);
  }

  private static boolean isLinearizable(History history) {
    return history.check(1000).values().stream()
        .allMatch(LinearizabilityResult.Linearizable.class::isInstance);
  }

  private String refusal(String text) throws IOException {
    Path file = file(text);
    IOException refused =
        catchThrowableOfType(
            IOException.class, () -> HistoryFile.read(file, InitialState.AUTO).check(10));
    assertThat(refused).as(text).hasMessageStartingWith(file + ":");
    return refused.getMessage().substring(file.toString().length() + 1);
  }

  /**
   * As etcd's test of one register: with a nemesis, times, errors and operations of unknown end.
   */
  private static final String ONE_REGISTER =
      """
      {:type :invoke, :f :write, :value 3, :process 0, :time 3291485317, :index 0}
      {:type :info, :f :start-partition, :value nil, :process :nemesis, :time 3291485318, :index 1}
      {:type :ok, :f :write, :value 3, :process 0, :time 3296209422, :index 2}
      {:type :invoke, :f :cas, :value [3 4], :process 1, :time 3296209423, :index 3}
      {:type :info, :f :cas, :value [3 4], :process 1, :time 3296209424, :index 4, :error :timeout}
      {:type :invoke, :f :read, :value nil, :process 2, :time 3296209425, :index 5}
      {:type :info, :f :start-partition, :value [:isolated {"n1" #{"n2"}}], :process :nemesis, :index 6}
      {:type :ok, :f :read, :value 4, :process 2, :time 3296209426, :index 7}
      {:type :invoke, :f :cas, :value [0 1], :process 2, :time 3296209427, :index 8}
      {:type :fail, :f :cas, :value [0 1], :process 2, :time 3296209428, :index 9, :error [:did-not-match]}
      """;

  @Test
  void a_history_of_one_register_is_read_without_its_nemesis() throws IOException {
    History history = read(ONE_REGISTER);

    assertThat(history.initial()).isNull();
    assertThat(history.operations())
        .extracting(HistoryOperation::process)
        .containsExactly("0", "1", "2");
    assertThat(history.operations().get(1).isOpen()).isTrue();
    assertThat(history.operations().get(2).result()).isEqualTo("4");
    assertThat(isLinearizable(history)).isTrue();
  }

  @Test
  void a_stale_read_is_found_with_its_line() throws IOException {
    History history = read(ONE_REGISTER.replace(":f :read, :value 4", ":f :read, :value nil"));

    assertThat(history.firstContradiction(history.check(1000)))
        .hasValueSatisfying(text -> assertThat(text).contains("process 2 (line 6)"));
  }

  @Test
  void the_operations_of_jepsens_later_versions_are_tagged() throws IOException {
    History history =
        read(
            """
            #jepsen.history.Op{:index 0, :time 1, :type :invoke, :process 0, :f :write, :value 1}
            #jepsen.history.Op{:index 1, :time 2, :type :ok, :process 0, :f :write, :value 1}
            #jepsen.history.Op {:index 2, :time #inst "2026-01-01T00:00:00.000-00:00",
                                :type :invoke, :process 1, :f :read, :value nil}
            #jepsen.history.Op{:index 3, :time 4, :type :ok, :process 1, :f :read, :value 2,
              :exception {:via [{:type java.net.SocketTimeoutException
                                 :at [clojure.core$fn__123 invoke "core.clj" 22]}]}}
            """);
    assertThat(history.operations()).hasSize(2);
    assertThat(isLinearizable(history)).isFalse();
  }

  @Test
  void values_with_keys_are_registers_of_their_own() throws IOException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value [7 1]}
            {:process 1, :type :invoke, :f :read, :value [8 nil]}
            {:process 0, :type :ok, :f :write, :value [7 1]}
            {:process 1, :type :ok, :f :read, :value [8 nil]}
            {:process 0, :type :invoke, :f :cas, :value [7 [1 2]]}
            {:process 1, :type :invoke, :f :read, :value [7 nil]}
            {:process 1, :type :ok, :f :read, :value [7 2]}
            {:process 0, :type :info, :f :cas, :value nil, :error :crash}
            """);

    assertThat(history.check(1000).keySet()).containsExactlyInAnyOrder("7", "8");
    assertThat(isLinearizable(history)).isTrue();
    assertThat(history.operations())
        .filteredOn(operation -> operation.kind() == HistoryOperation.OperationKind.CAS)
        .singleElement()
        .matches(operation -> "1".equals(operation.expect()) && "2".equals(operation.value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%s %s %s %s]",
        "(%s\n%s\n%s\n%s)",
        "; from a run of today\n[%s\n ; the answer\n %s,\n #_{:process 0} %s #_ #_ 1 [2] %s]\n",
        "%s %s\n%s %s",
        "\uFEFF%s\r\n\r\n%s\r\n%s\r\n%s\r\n"
      })
  void maps_come_alone_or_in_a_vector_or_list_over_any_lines(String form) throws IOException {
    History history =
        read(
            String.format(
                java.util.Locale.ROOT,
                form,
                "{:process 0, :type :invoke, :f :write, :value \"a;b\"}",
                "{:process 0 :type :ok :f :write\n :value \"a;b\"}",
                "{:process 1, :type :invoke, :f :read}",
                "{:process 1, :type :ok, :f :read, :value \"a;b\"}"));
    assertThat(history.operations()).hasSize(2);
    assertThat(history.operations().get(0).returnTime())
        .isLessThan(history.operations().get(1).callTime());
    assertThat(isLinearizable(history)).isTrue();
  }

  @Test
  void numbers_characters_and_strings_are_read_as_clojure_prints_them() throws IOException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value 5N}
            {:process 0, :type :ok, :f :write, :value 5N}
            {:process 0, :type :invoke, :f :read}
            {:process 0, :type :ok, :f :read, :value 5}
            {:process 0, :type :invoke, :f :write, :value \\a}
            {:process 0, :type :ok, :f :write, :value \\a}
            {:process 0, :type :invoke, :f :read}
            {:process 0, :type :ok, :f :read, :value "\\u0061"}
            """);
    assertThat(history.operations()).hasSize(4);
    assertThat(isLinearizable(history)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {":info", ":fail"})
  void a_write_that_timed_out_may_have_happened(String end) throws IOException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value 5}
            {:process 0, :type %s, :f :write, :value :timed-out}
            {:process 1, :type :invoke, :f :read, :value nil}
            {:process 1, :type :ok, :f :read, :value 5}
            """
                .replace("%s", end));
    assertThat(isLinearizable(history)).isTrue();
  }

  @Test
  void a_write_that_failed_did_not_happen() throws IOException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value 5}
            {:process 0, :type :fail, :f :write, :value 5, :error :connection-refused}
            {:process 1, :type :invoke, :f :read, :value nil}
            {:process 1, :type :ok, :f :read, :value 5}
            """);
    assertThat(isLinearizable(history)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INFO  jepsen.util - ",
        "2026-05-02 12:13:14,123{GMT}\tINFO\t[jepsen worker 0] jepsen.util: ",
        ""
      })
  void log_lines_may_have_keys_and_errors(String before) throws IOException {
    History history =
        read(
            "some other line\n"
                + before
                + "0\t:invoke\t:write\t[1 4]\n"
                + before
                + ":nemesis\t:info\t:start\t{:broken [}\n"
                + before
                + "0\t:info\t:write\t[1 4]\t:timeout\n"
                + before
                + "1\t:invoke\t:read\t[1 nil]\n"
                + before
                + "1\t:ok\t:read\t[1 4]\n");
    assertThat(history.operations()).extracting(HistoryOperation::key).containsExactly("1", "1");
    assertThat(history.operations().get(0).isOpen()).isTrue();
    assertThat(isLinearizable(history)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          :f :acquire, :value nil               | acquire  | mutex
          :f :release, :value nil               | release  | mutex
          :f :enqueue, :value 1                 | enqueue  | queue
          :f :dequeue, :value nil               | dequeue  | queue
          :f :add, :value 1                     | add      | set or a counter
          :f :transfer, :value {:from 1, :to 2} | transfer | bank
          :f :txn, :value [[:append 3 1] [:r 3 nil]] | txn | list-append
          :f :txn, :value [[:w 3 1] [:r 3 nil]] | txn      | rw-register
          :f :append, :value [1 2]              | append   | lists
          :f :send, :value [[:send 1 2]]        | send     | kafka
          :f :generate, :value nil              | generate | unique
          """)
  void operations_of_other_data_types_are_refused_by_name(
      String operation, String name, String type) throws IOException {
    assertThat(refusal("\n\n{:process 0, :type :invoke, " + operation + ", :index 0}"))
        .startsWith("3: ")
        .contains("operation " + name)
        .contains(type)
        .contains("registers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#{1 2}", "{0 10, 1 10}", "[1 2 3]", "[1 [2]]", "[1 2]"})
  void a_read_of_a_collection_is_refused(String value) throws IOException {
    assertThat(
            refusal(
                """
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value %s}
                """
                    .replace("%s", value)))
        .startsWith("2: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          :proces 0, :type :invoke, :f :read           | :process | :proces
          :process 0, :typ :invoke, :f :read           | :type    | :typ
          :process 0, :type :invok, :f :read           | invoke?  | invok
          :process 0, :type :invoke, :f :raed          | read?    | raed
          :process 0, :type :invoke, :f "read"         | keyword  | "read"
          :process 0, :type :invoke, :f :cas, :value 5 | [EXPECTED NEW] | 5
          :process 0, :type :invoke, :f :write         | a value to write | none
          :process 0, :type :invoke, :f :read :value   | key      | :value
          :valid? true, :count 20                      | history.edn | result
          """)
  void a_wrong_operation_is_refused_with_its_line(String keys, String expected, String found)
      throws IOException {
    String text = "[{:process 5, :type :invoke, :f :write, :value 1},\n\n {" + keys + "}]";
    assertThat(refusal(text)).startsWith("3: ").contains(expected).contains(found);
  }

  @Test
  void brackets_and_strings_without_an_end_are_named_with_the_line_where_they_begin()
      throws IOException {
    assertThat(refusal("[\n{:process 0,\n :type :invoke\n")).contains("\"{\" of line 2");
    assertThat(refusal("[\n\n")).contains("\"[\" of line 1");
    assertThat(refusal("\n{:process 0, :value [1 2}\n")).startsWith("2: ").contains("\"[\"");
    assertThat(refusal("{:process 0}\n{:process \"a\n\n")).startsWith("1: ");
    assertThat(refusal("\n{:process \"a\n\n")).startsWith("2: ").contains("\"a");
    assertThat(refusal("{:process #<Object 3>}")).startsWith("1: ").contains("#<Object");
    assertThat(refusal("{:process #_}")).startsWith("1: ");
    assertThat(refusal("[]]")).startsWith("1: ");
  }

  @Test
  void keys_must_be_on_all_values_or_on_none() throws IOException {
    String plain = "{:process 0, :type :invoke, :f :write, :value 1}\n";
    String keyed = "{:process 1, :type :invoke, :f :write, :value [1 1]}\n";
    String store = "{:process 2, :type :invoke, :f :put, :key \"k\", :value 1}\n";
    assertThat(refusal(plain + keyed)).startsWith("2: ").contains("[1 1]", "line 1");
    assertThat(refusal(keyed + plain)).startsWith("2: ").contains("line 1");
    assertThat(refusal(keyed + store)).startsWith("2: ").contains(":key");
    assertThat(refusal(store + plain)).startsWith("2: ").contains(":key");
  }

  @Test
  void an_event_that_is_not_in_the_order_of_its_index_is_refused() throws IOException {
    String[] lines = ONE_REGISTER.split("\n");
    assertThat(refusal(String.join("\n", List.of(lines[0], lines[3], lines[2]))))
        .startsWith("3: ")
        .contains(":index 2", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "; nothing",
        "{:process :nemesis, :type :info, :f :start}",
        "[{:process :nemesis, :type :info, :f :start}]"
      })
  void a_history_without_an_operation_of_a_client_is_refused(String text) throws IOException {
    assertThat(refusal(text)).startsWith("1: ").contains("no operation");
  }

  @Test
  void a_list_in_json_is_named_as_such() throws IOException {
    assertThat(refusal("\n[{\"process\": 0, \"type\": \"invoke\", \"f\": \"get\", \"key\": 1}]"))
        .startsWith("2: ")
        .contains("JSON list");
  }

  @Test
  void damaged_histories_are_read_or_refused_with_their_line() throws IOException {
    Random random = new Random(7);
    String damage = "{}[]()#\\\":;_ \n\0x";
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder damaged = new StringBuilder("[" + ONE_REGISTER + "]");
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(damaged.length());
        String bad = "" + damage.charAt(random.nextInt(damage.length()));
        damaged.replace(at, at + random.nextInt(2), bad);
      }
      try {
        read(damaged.toString()).check(1000);
      } catch (IOException wrong) {
        refused++;
        assertThat(wrong.getMessage())
            .containsPattern("^\\S+:[1-9]\\d*: found .*, expected|has not");
      }
    }
    assertThat(refused).isBetween(500, 2900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{:a ", "#_", "#t ", "#{", "("})
  void nested_without_end_is_refused(String opening) throws IOException {
    assertThat(refusal("{:process " + opening.repeat(100_000))).startsWith("1: ");
    assertThat(refusal("[" + opening.repeat(100_000))).startsWith("1: ");
  }
}
