package raftlab.strangers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Raft as in Figure 2 of the paper, without persistence. It sends messages in a {@link
 * MessageStyle} and reports no change of its state. Gets are entries of the log, so no answer to a
 * heartbeat is needed.
 */
final class PlainRaft implements Node {
  private static final int LARGEST_ENTRY = 64_000;
  private static final String TICK = "tick";

  /** The parts of §5.1. */
  enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  private final Host host;
  private final MessageStyle style;
  private final PlainBug bug;
  private final MessageReader reader;
  private final MessageWriter writer;
  private final PlainRaftLog log = new PlainRaftLog();
  private final PlainStateMachine machine;
  private final List<PlainLogEntry> held = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<Id> votes = new HashSet<>();
  private final Set<String> voteRequests = new HashSet<>();
  private Map<Id, PeerProgress> peers = new HashMap<>();
  private LeaderState leadership;
  private Role role = Role.FOLLOWER;
  private long term;
  private Id voted;
  private Id leader = Id.BROADCAST;
  private Id lastLeader = Id.BROADCAST;
  private long commit;
  private long applied;

  /** As a follower: how far the log matches what this term's leader sent. */
  private long matched;

  private long electAt;
  private long askAt;

  PlainRaft(Host host, MessageStyle style, PlainBug bug) {
    this.host = host;
    this.style = style;
    this.bug = bug;
    this.reader = new MessageReader(style);
    this.writer = new MessageWriter(style, host);
    this.machine = new PlainStateMachine(writer, host.id());
  }

  @Override
  public void start() {
    waitForLeader();
    setTimer();
  }

  @Override
  public void timeout(String timer) {
    tick();
    setTimer();
  }

  @Override
  public void receive(Message message) {
    if (host.others().contains(message.src())) {
      reader.read(message).filter(this::isNew).ifPresent(this::handle);
    } else {
      request(message);
    }
    tick();
    setTimer();
  }

  private boolean isNew(MessageContent fact) {
    return !style.has(StyleTrait.MIDS) || seen.add(fact.src() + " " + fact.mid());
  }

  // Timers

  private void waitForLeader() {
    int more = style.toMillis() - style.fromMillis();
    electAt = host.nowMillis() + style.fromMillis() + host.random().nextInt(more);
  }

  private void setTimer() {
    if (bug == PlainBug.BLOCKING) {
      return;
    }
    long due =
        switch (role) {
          case FOLLOWER -> electAt;
          case CANDIDATE -> Math.min(electAt, askAt);
          case LEADER -> leadership.due();
        };
    host.setTimer(TICK, Math.max(0, due - host.nowMillis()));
  }

  private void tick() {
    long now = host.nowMillis();
    if (role == Role.LEADER) {
      leadership.tick(now);
    } else if (now >= electAt) {
      stand();
    } else if (role == Role.CANDIDATE && now >= askAt) {
      askForVotes(false);
    }
  }

  // Elections

  private void newer(long other) {
    if (other > term) {
      term = other;
      voted = null;
      leader = Id.BROADCAST;
      follow();
    }
  }

  private void follow() {
    if (role == Role.LEADER) {
      waitForLeader();
    }
    role = Role.FOLLOWER;
    leadership = null;
    matched = 0;
    machine.giveUp().forEach(this::redirect);
  }

  private void stand() {
    follow();
    term++;
    role = Role.CANDIDATE;
    voted = host.id();
    leader = Id.BROADCAST;
    waitForLeader();
    if (bug != PlainBug.COUNTS_OLD_VOTES) {
      votes.clear();
    }
    votes.add(host.id());
    voteRequests.clear();
    peers = newPeers(0);
    askForVotes(true);
    countVotes();
  }

  private Map<Id, PeerProgress> newPeers(long next) {
    Map<Id, PeerProgress> all = new HashMap<>();
    host.others().forEach(other -> all.put(other, new PeerProgress(next)));
    return all;
  }

  private void askForVotes(boolean first) {
    askAt = host.nowMillis() + Math.max(100, style.heartbeatMillis());
    Id named =
        style.has(StyleTrait.CANDIDATE_SAYS_OWN)
            ? host.id()
            : style.has(StyleTrait.SAYS_LAST_LEADER) ? lastLeader : Id.BROADCAST;
    List<Id> asked = host.others().stream().filter(id -> !peers.get(id).hasVoted()).toList();
    for (Id dst : first && !style.has(StyleTrait.VOTES_TO_EACH) ? List.of(Id.BROADCAST) : asked) {
      voteRequests.add(writer.voteRequest(dst, named, term, log.last(), log.lastTerm()));
    }
  }

  private void countVotes() {
    if (role == Role.CANDIDATE && votes.size() >= majority()) {
      role = Role.LEADER;
      leader = host.id();
      lastLeader = leader;
      peers = newPeers(log.last() + 1);
      leadership = new LeaderState(this, host, style, bug, writer, log, peers, term);
      leadership.begin();
      serveHeld();
    }
  }

  int majority() {
    return (host.others().size() + 1) / 2 + 1;
  }

  // Messages of replicas

  private void handle(MessageContent fact) {
    if (fact instanceof MessageContent.VoteRequest request) {
      voteRequest(request);
    } else if (fact instanceof MessageContent.Vote vote) {
      vote(vote);
    } else if (fact instanceof MessageContent.Append append) {
      append(append);
    } else if (fact instanceof MessageContent.Ack ack) {
      ack(ack);
    } else if (fact instanceof MessageContent.Commit notice) {
      commit(notice);
    }
  }

  private void voteRequest(MessageContent.VoteRequest request) {
    newer(request.term());
    boolean upToDate =
        request.lastTerm() > log.lastTerm()
            || request.lastTerm() == log.lastTerm() && request.last() >= log.last();
    boolean granted =
        request.term() == term && upToDate && (voted == null || voted.equals(request.src()));
    if (granted) {
      voted = request.src();
      waitForLeader();
    }
    Id named =
        style.hasAny(StyleTrait.VOTE_SAYS_FFFF, StyleTrait.FOLLOWERS_SAY_FFFF)
            ? Id.BROADCAST
            : style.has(StyleTrait.VOTE_REPEATS_LEADER) ? request.leader() : lastLeader;
    writer.vote(request, named, term, granted, log.last(), log.lastTerm());
  }

  private void vote(MessageContent.Vote vote) {
    vote.term().ifPresent(this::newer);
    boolean ofNow =
        vote.term().isPresent()
            ? vote.term().getAsLong() == term
            : voteRequests.contains(vote.mid());
    if (role != Role.CANDIDATE || !ofNow && !bug.countsEarlierTerms()) {
      return;
    }
    if (ofNow) {
      peers.get(vote.src()).vote();
    }
    if (vote.granted()) {
      votes.add(vote.src());
      countVotes();
    }
  }

  private void append(MessageContent.Append append) {
    if (append.term() < term) {
      if (!style.has(
          StyleTrait.ACK_WITHOUT_TERM)) { // else its sender would never learn that it is deposed
        writer.refuse(append, named(), term, 0, 0);
      }
      return;
    }
    newer(append.term());
    if (role == Role.LEADER) {
      return;
    }
    if (role == Role.CANDIDATE) {
      follow();
    }
    leader = append.src();
    lastLeader = leader;
    waitForLeader();
    serveHeld();
    if (bug == PlainBug.APPENDS_BLINDLY) {
      takeBlindly(append);
      return;
    }
    if (append.checked() && !log.matches(append.prev(), append.prevTerm())) {
      refuse(append);
      return;
    }
    if (append.checked()) {
      log.take(append.prev(), append.entries());
      matched = Math.max(matched, append.end());
      commitUpTo(Math.min(append.commit(), append.end()));
    }
    if (!append.entries().isEmpty() || !style.has(StyleTrait.SILENT)) {
      // A log that ends with an entry of this term is the leader's: only its leader made such ones.
      long last = log.lastTerm() == term ? log.last() : matched;
      writer.accept(append, named(), term, last, matched);
    }
  }

  private void takeBlindly(MessageContent.Append append) {
    append.entries().forEach(log::append);
    append.entries().forEach(machine::apply);
    if (!append.entries().isEmpty()) {
      writer.accept(append, named(), term, append.end(), append.end());
    }
  }

  private Id named() {
    return style.has(StyleTrait.FOLLOWERS_SAY_FFFF) ? Id.BROADCAST : leader;
  }

  private void refuse(MessageContent.Append append) {
    if (style.has(StyleTrait.HINT_OWN_LAST)) {
      writer.refuse(append, named(), term, log.last(), 0);
    } else if (append.prev() > log.last()) {
      writer.refuse(append, named(), term, log.last() + 1, 0);
    } else {
      long first = log.firstOfTerm(append.prev());
      writer.refuse(append, named(), term, first, log.term(first));
    }
  }

  private void ack(MessageContent.Ack ack) {
    ack.term().ifPresent(this::newer);
    if (role == Role.LEADER && ack.term().orElse(term) == term) {
      leadership.ack(ack);
    }
  }

  private void commit(MessageContent.Commit notice) {
    newer(notice.term());
    // Where the entry there is of this term, the log is the leader's up to it; else only so far as
    // it was matched.
    boolean known =
        log.matches(notice.index(), notice.indexTerm())
            && (notice.indexTerm() == term || notice.index() <= matched);
    if (role == Role.FOLLOWER && notice.term() == term && known) {
      commitUpTo(notice.index());
    }
  }

  /** A leader that has lost track of its followers' logs steps down. */
  void stepDown() {
    follow();
    leader = Id.BROADCAST;
  }

  long committed() {
    return commit;
  }

  void commitUpTo(long index) {
    commit = Math.max(commit, index);
    while (applied < commit) {
      applied++;
      execute(applied);
    }
  }

  /** Applies a committed entry, and answers the client that asked for it. */
  void execute(long index) {
    machine.execute(index, log.get(index));
  }

  // Clients

  private void request(Message message) {
    PlainLogEntry.asked(message, term)
        .filter(entry -> seen.add(entry.client() + " " + entry.mid()))
        .ifPresent(this::serve);
  }

  private void serve(PlainLogEntry request) {
    if (role == Role.LEADER) {
      if (bug == PlainBug.ELECTS_ONLY) {
        return;
      }
      if (writer.size(request) > LARGEST_ENTRY) {
        writer.answer(request, Message.FAIL, leader, null);
        return;
      }
      log.append(
          new PlainLogEntry(
              term,
              request.operation(),
              request.key(),
              request.value(),
              request.client(),
              request.mid()));
      machine.expect(log.last(), request);
      leadership.appended();
    } else if (!leader.isBroadcast()) {
      redirect(request);
    } else if (style.has(StyleTrait.HOLD)) {
      held.add(request);
    } else if (style.has(StyleTrait.FAILS_UNKNOWN)) {
      writer.answer(request, Message.FAIL, Id.BROADCAST, null);
    } else {
      redirect(request);
    }
  }

  private void serveHeld() {
    List<PlainLogEntry> all = List.copyOf(held);
    held.clear();
    all.forEach(this::serve);
  }

  private void redirect(PlainLogEntry request) {
    writer.answer(request, Message.REDIRECT, leader, null);
  }
}
