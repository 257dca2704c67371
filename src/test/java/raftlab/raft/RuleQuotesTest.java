package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule of the paper is quoted beside the lines that implement it, in these files only. */
final class RuleQuotesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "raftlab", "raft");

  /** A comment's quotation: the place in the paper or the dissertation, and its words. */
  private static final Pattern QUOTE =
      Pattern.compile(
          "(Figure (?:2|13), [\\w ]+|Dissertation §[\\d.]+[ ,\\w]*|§[\\d.]+): \"([^\"]*)\"");

  /** For each rule its place, the files that quote it, and on the next lines its words. */
  private static final String EXPECTED =
      """
      Figure 2, State | TermAndVote
          currentTerm latest term server has seen (initialized to 0 on first boot, increases
          monotonically)
      Figure 2, State | TermAndVote
          votedFor candidateId that received vote in current term (or null if none)
      Figure 2, State | Journal
          Persistent state on all servers: (Updated on stable storage before responding to
          RPCs)
      Figure 2, State | CommitState
          commitIndex index of highest log entry known to be committed (initialized to 0,
          increases monotonically)
      Figure 2, State | CommitState
          lastApplied index of highest log entry applied to state machine (initialized to 0,
          increases monotonically)
      Figure 2, State | FollowerProgress
          nextIndex[] for each server, index of the next log entry to send to that server
          (initialized to leader last log index + 1)
      Figure 2, State | FollowerProgress
          matchIndex[] for each server, index of highest log entry known to be replicated on
          server (initialized to 0, increases monotonically)
      Figure 2, State | Log
          log[] log entries; each entry contains command for state machine, and term when
          entry was received by leader (first index is 1)
      Figure 2, AppendEntries 1 | AppendEntriesHandler
          Reply false if term < currentTerm
      Figure 2, AppendEntries 2 | AppendEntriesHandler
          Reply false if log doesn't contain an entry at prevLogIndex whose term matches
          prevLogTerm
      Figure 2, AppendEntries 3 | AppendEntriesHandler
          If an existing entry conflicts with a new one (same index but different terms),
          delete the existing entry and all that follow it
      Figure 2, AppendEntries 4 | AppendEntriesHandler
          Append any new entries not already in the log
      Figure 2, AppendEntries 5 | AppendEntriesHandler
          If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last
          new entry)
      Figure 2, RequestVote 1 | RequestVoteHandler
          Reply false if term < currentTerm
      Figure 2, RequestVote 2 | RequestVoteHandler
          If votedFor is null or candidateId, and candidate's log is at least as up-to-date
          as receiver's log, grant vote
      Figure 2, All Servers 1 | CommitState
          If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] to
          state machine
      Figure 2, All Servers 2 | PreVoteHandler RaftNode RequestVoteHandler
          If RPC request or response contains term T > currentTerm: set currentTerm = T,
          convert to follower
      Figure 2, Followers 1 | AppendEntriesHandler RequestVoteHandler
          Respond to RPCs from candidates and leaders
      Figure 2, Followers 2 | Election RequestVoteHandler
          If election timeout elapses without receiving AppendEntries RPC from current
          leader or granting vote to candidate: convert to candidate
      Figure 2, Candidates 1 | Election
          On conversion to candidate, start election: Increment currentTerm; Vote for self;
          Reset election timer; Send RequestVote RPCs to all other servers
      Figure 2, Candidates 2 | Election
          If votes received from majority of servers: become leader
      Figure 2, Candidates 3 | Election
          If AppendEntries RPC received from new leader: convert to follower
      Figure 2, Candidates 4 | Election
          If election timeout elapses: start new election
      Figure 2, Leaders 1 | Leader SendToAllPolicy
          Upon election: send initial empty AppendEntries RPCs (heartbeat) to each server;
          repeat during idle periods to prevent election timeouts
      Figure 2, Leaders 2 | Leader PendingWrites
          If command received from client: append entry to local log, respond after entry
          applied to state machine
      Figure 2, Leaders 3 | Leader SendToAllPolicy
          If last log index ≥ nextIndex for a follower: send AppendEntries RPC with log
          entries starting at nextIndex
      Figure 2, Leaders 3 | Leader
          If successful: update nextIndex and matchIndex for follower
      Figure 2, Leaders 3 | Leader
          If AppendEntries fails because of log inconsistency: decrement nextIndex and retry
      Figure 2, Leaders 4 | Leader
          If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N,
          and log[N].term == currentTerm: set commitIndex = N
      Figure 13, InstallSnapshot 1 | InstallSnapshotHandler
          Reply immediately if term < currentTerm
      Figure 13, InstallSnapshot 2 | Snapshots
          Create new snapshot file if first chunk (offset is 0)
      Figure 13, InstallSnapshot 3 | Snapshots
          Write data into snapshot file at given offset
      Figure 13, InstallSnapshot 4 | InstallSnapshotHandler Snapshots
          Reply and wait for more data chunks if done is false
      Figure 13, InstallSnapshot 5 | Snapshots
          Save snapshot file, discard any existing or partial snapshot with a smaller index
      Figure 13, InstallSnapshot 6 | Snapshots
          If existing log entry has same index and term as snapshot's last included entry,
          retain log entries following it and reply
      Figure 13, InstallSnapshot 7 | Snapshots
          Discard the entire log
      Figure 13, InstallSnapshot 8 | Snapshots
          Reset state machine using snapshot contents (and load snapshot's cluster
          configuration)
      §5.2 | Roles
          When servers start up, they begin as followers
      §5.2 | Election
          Raft uses randomized election timeouts to ensure that split votes are rare
      §5.3 | AppendEntriesHandler
          when rejecting an AppendEntries request, the follower can include the term of the
          conflicting entry and the first index it stores for that term
      §5.3 | Leader
          the leader retries AppendEntries RPCs indefinitely
      §5.3 | Leader
          the follower can include the term of the conflicting entry and the first index it
          stores for that term
      §5.4.1 | Log
          If the logs have last entries with different terms, then the log with the later
          term is more up-to-date. If the logs end with the same term, then whichever log is
          longer is more up-to-date.
      §6 | Membership
          a server always uses the latest configuration in its log, regardless of whether
          the entry is committed
      §8 | ClientWrites
          If it receives a command whose serial number has already been executed, it
          responds immediately without re-executing the request
      §8 | ClientSessions
          The state machine tracks the latest serial number processed for each client, along
          with the associated response
      §8 | ClientRequestHandler
          If the client's first choice is not the leader, that server will reject the
          client's request and supply information about the most recent leader it has heard
          from
      Dissertation §3.10 | LeadershipTransfer
          If leadership transfer does not complete after about an election timeout, the
          prior leader aborts the transfer and resumes accepting client requests
      Dissertation §3.10 | LeadershipTransfer
          The prior leader fully updates the target server's log to match its own
      Dissertation §4.2.3 | Election
          if a server receives a RequestVote request within the minimum election timeout of
          hearing from a current leader, it does not update its term or grant its vote
      Dissertation §6.4, step 4 | ClientReads
          waits for its state machine to advance at least as far as the readIndex
      Dissertation §6.4, step 5 | ClientReads
          the leader issues the query against its state machine and replies to the client
      Dissertation §6.4, steps 1 and 2 | ClientReads
          If the leader has not yet marked an entry from its current term committed, it
          waits until it has done so
      Dissertation §9.6 | Election
          a candidate only increments its term if it first learns from a majority of the
          cluster that they would be willing to grant the candidate their votes
      """;

  private record Rule(String place, String words) implements Comparable<Rule> {
    @Override
    public int compareTo(Rule other) {
      return toString().compareTo(other.toString());
    }
  }

  private static Map<Rule, List<String>> expected() {
    Map<Rule, List<String>> rules = new TreeMap<>();
    String place = null;
    List<String> files = List.of();
    StringBuilder words = new StringBuilder();
    for (String line : (EXPECTED + "end |").lines().toList()) {
      if (line.startsWith(" ")) {
        words.append(words.isEmpty() ? "" : " ").append(line.strip());
      } else {
        if (place != null) {
          rules.put(new Rule(place, words.toString()), files);
        }
        place = line.substring(0, line.indexOf(" |"));
        files = List.of(line.substring(line.indexOf('|') + 1).strip().split(" "));
        words.setLength(0);
      }
    }
    return rules;
  }

  /** The text of a source file without the signs that begin and end comments and their lines. */
  private static String withoutCommentSigns(String source) {
    return source
        .replaceAll("(?m)^\\s*(//|/\\*\\*|\\*(?!/))", " ")
        .replaceAll("//|/\\*\\*|\\*/", " ")
        .replaceAll("\\s+", " ");
  }

  private static Map<Rule, List<String>> quoted() throws IOException {
    Map<Rule, List<String>> rules = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        TreeSet<Rule> here = new TreeSet<>();
        QUOTE
            .matcher(withoutCommentSigns(Files.readString(file)))
            .results()
            .forEach(quote -> here.add(new Rule(quote.group(1), quote.group(2))));
        here.forEach(rule -> rules.computeIfAbsent(rule, newOne -> new ArrayList<>()).add(name));
      }
    }
    return rules;
  }

  @Test
  void each_rule_is_quoted_in_exactly_the_files_that_implement_it() throws IOException {
    assertThat(quoted()).containsExactlyInAnyOrderEntriesOf(expected());
  }

  @Test
  void all_rules_for_servers_and_receivers_of_figure_2_are_expected() {
    Map<String, Integer> rules =
        Map.of(
            "AppendEntries", 5,
            "RequestVote", 2,
            "All Servers", 2,
            "Followers", 2,
            "Candidates", 4,
            "Leaders", 4);
    TreeSet<String> places = new TreeSet<>();
    expected().keySet().forEach(rule -> places.add(rule.place()));

    rules.forEach(
        (part, count) -> {
          for (int number = 1; number <= count; number++) {
            assertThat(places).contains("Figure 2, " + part + " " + number);
          }
        });
    assertThat(expected().keySet())
        .as("the state of Figure 2")
        .filteredOn(rule -> rule.place().equals("Figure 2, State"))
        .hasSize(8);
  }
}
