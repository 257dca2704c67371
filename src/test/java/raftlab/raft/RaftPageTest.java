package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The page about this package names nothing that doesn't exist, and leaves out no setting. */
final class RaftPageTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "raft.md");
  private static final Path TRANSCRIPTS = Path.of("src", "test", "resources", "transcripts");
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([A-Za-z_0-9]+))?`");

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  @Test
  void every_class_method_and_test_that_the_page_names_exists() throws IOException {
    List<MatchResult> names = NAME.matcher(page()).results().toList();

    assertThat(names).hasSizeGreaterThan(100);
    assertThat(names.stream().filter(name -> !exists(name.group(1), name.group(2))))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  private static boolean exists(String type, String member) {
    Class<?> found = find(type);
    return found != null
        && (member == null
            || Stream.concat(
                    Arrays.stream(found.getDeclaredMethods()).map(Method::getName),
                    Arrays.stream(found.getDeclaredFields()).map(field -> field.getName()))
                .anyMatch(member::equals));
  }

  private static Class<?> find(String type) {
    for (String name : List.of("raftlab.raft.", "raftlab.node.")) {
      try {
        return Class.forName(name + type, false, RaftPageTest.class.getClassLoader());
      } catch (ClassNotFoundException notHere) {
        continue;
      }
    }
    return null;
  }

  @Test
  void the_page_names_every_transcript_and_no_other() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    Pattern.compile("`([a-z0-9-]+\\.txt)`")
        .matcher(page())
        .results()
        .forEach(r -> named.add(r.group(1)));

    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      assertThat(named)
          .containsExactlyElementsOf(
              new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
    }
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void the_page_has_every_setting_with_its_default_and_its_test(Setting setting)
      throws IOException {
    String value =
        setting.isSwitch()
            ? (setting.defaultValue() == 1 ? "on" : "off")
            : setting.defaultValue() + " " + setting.unit();
    String tests = setting.isSwitch() ? "SwitchesTest" : "SettingNumbersTest";

    String row = "| `" + setting.option() + "` | " + value + " | `" + tests + ".";
    String test = setting.name().toLowerCase(Locale.ROOT) + "_";
    assertThat(page().lines().filter(line -> line.startsWith(row + test))).as(row).hasSize(1);
  }

  @Test
  void the_page_has_every_message_with_every_field() throws IOException {
    List<RaftMessage> messages =
        List.of(
            new RequestVote(1, true, true, 1, 1, 1),
            new RequestVote(1, false, true, 1, 1, 1),
            new VoteReply(1, true, true, 2, 1),
            new VoteReply(1, false, true, 2, 1),
            new AppendEntries(1, 1, 1, 1, 1, List.of()),
            AppendReply.success(1, 1, 1),
            AppendReply.rejection(1, 1, 1, 1),
            AppendReply.outdated(2, new AppendEntries(1, 1, 1, 1, 1, List.of())),
            new InstallSnapshot(1, 1, 1, 1, 1, 0, new byte[1]),
            new SnapshotReply(1, 1, 1, 1),
            new TimeoutNow(1));

    for (RaftMessage raft : messages) {
      Message message = MessageCodec.encode(raft, Id.of(0), Id.of(1), Id.of(0));
      String row =
          page()
              .lines()
              .filter(l -> l.startsWith("| ") && l.contains("`" + message.type() + "`"))
              .findFirst()
              .orElse("");
      assertThat(message.fields().keySet())
          .as(row)
          .allMatch(field -> row.contains("`" + field + "`"));
    }
    assertThat(messages.stream().map(Object::getClass).distinct().count())
        .as("the list has every kind")
        .isEqualTo(kinds(RaftMessage.class));
  }

  private static long kinds(Class<?> type) {
    RecordComponent[] record = type.getRecordComponents();
    return record != null
        ? 1
        : Arrays.stream(type.getPermittedSubclasses()).mapToLong(RaftPageTest::kinds).sum();
  }

  @Test
  void the_page_has_every_record_of_the_journal() throws IOException {
    for (byte kind :
        new byte[] {
          Journal.TERM,
          Journal.ENTRY,
          Journal.TRUNCATE,
          Journal.CHUNK,
          Journal.SNAPSHOT,
          Journal.BASE
        }) {
      assertThat(page()).contains("\n| `" + (char) kind + "` | ");
    }
  }
}
