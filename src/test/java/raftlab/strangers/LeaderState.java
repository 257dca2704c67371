package raftlab.strangers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import raftlab.node.Host;
import raftlab.wire.Id;

/** What a leader does in its term (§5.3). */
final class LeaderState {
  private static final int CHUNK = 50_000;

  /** So many appends without an answer make flags useless: the leader gives up. */
  private static final int MOST_UNANSWERED = 30;

  private final PlainRaft raft;
  private final Host host;
  private final MessageStyle style;
  private final PlainBug bug;
  private final MessageWriter writer;
  private final PlainRaftLog log;
  private final Map<Id, PeerProgress> peers;
  private final long term;
  private final Map<Long, Set<Id>> answered = new HashMap<>();
  private long beatAt;
  private long noticed;
  private boolean hasNew;
  private boolean lostCount;

  LeaderState(
      PlainRaft raft,
      Host host,
      MessageStyle style,
      PlainBug bug,
      MessageWriter writer,
      PlainRaftLog log,
      Map<Id, PeerProgress> peers,
      long term) {
    this.raft = raft;
    this.host = host;
    this.style = style;
    this.bug = bug;
    this.writer = writer;
    this.log = log;
    this.peers = peers;
    this.term = term;
  }

  void begin() {
    beatAt = host.nowMillis() + style.heartbeatMillis();
    if (!style.has(StyleTrait.NO_NOOP)) {
      log.append(PlainLogEntry.noop(term));
    }
    if (style.hasAny(StyleTrait.NO_NOOP, StyleTrait.AT_TICK)) {
      heartbeat();
    } else {
      hasNew = true;
      replicate(false);
    }
  }

  /** When something is to be done next. */
  long due() {
    long due = beatAt;
    if (!style.has(StyleTrait.AT_TICK) && !bug.sendsOnce()) {
      for (PeerProgress peer : peers.values()) {
        if (peer.isWaiting() && lacks(peer)) {
          due = Math.min(due, peer.resendAt(style));
        }
      }
    }
    return due;
  }

  void tick(long now) {
    boolean beat = now >= beatAt;
    if (beat) {
      beatAt = now + style.heartbeatMillis();
      heartbeat();
    }
    replicate(beat);
  }

  /** The log has grown. */
  void appended() {
    hasNew = true;
  }

  void ack(MessageContent.Ack ack) {
    PeerProgress peer = peers.get(ack.src());
    OptionalLong match = ack.match();
    if (style.has(StyleTrait.MIDS_ECHOED)) {
      OptionalLong end = peer.endOf(ack.mid());
      if (end.isEmpty()) {
        return;
      }
      match = style.has(StyleTrait.ACK_MID) ? end : match;
    }
    peer.answered();
    if (!ack.success()) {
      refused(peer, ack);
      return;
    }
    if (style.has(StyleTrait.ACK_FLAG)) {
      match = peer.matchByFlags();
    }
    if (bug == PlainBug.APPENDS_BLINDLY) {
      match.ifPresent(index -> countAlone(index, ack.src()));
    } else if (match.isPresent() && match.getAsLong() <= log.last()) {
      peer.matches(match.getAsLong(), log.last(), style.has(StyleTrait.ACK_FLAG));
      advance();
    }
  }

  private void countAlone(long index, Id from) {
    Set<Id> all = answered.computeIfAbsent(index, i -> new HashSet<>());
    if (all.add(from) && all.size() == raft.majority() - 1) {
      raft.execute(index);
    }
  }

  private void refused(PeerProgress peer, MessageContent.Ack ack) {
    if (bug.ignoresRefusals()) {
      return;
    }
    if (ack.hint().isEmpty()) {
      peer.stepBack();
      return;
    }
    long hint = ack.hint().getAsLong();
    if (style.has(StyleTrait.HINT_OWN_LAST)) {
      peer.goOnFrom(Math.min(peer.next() - 1, hint + 1));
      return;
    }
    long from = Math.min(peer.next() - 1, hint);
    for (long i = Math.min(peer.next() - 1, log.last()); i >= Math.max(1, hint); i--) {
      if (ack.conflictTerm() > 0 && log.term(i) == ack.conflictTerm()) {
        from = Math.min(i, peer.next() - 1);
        break;
      }
    }
    peer.goOnFrom(from);
  }

  private void heartbeat() {
    boolean blind = style.hasBlindHeartbeats();
    boolean broadcast = style.has(StyleTrait.HEARTBEATS_TO_ALL);
    for (Id dst : broadcast ? List.of(Id.BROADCAST) : host.others()) {
      if (blind) {
        writer.blindHeartbeat(dst, term);
      } else if (broadcast || style.has(StyleTrait.HEARTBEAT_LEADER_LAST)) {
        sendAppend(dst, log.last(), List.of());
      } else {
        sendAppend(dst, peers.get(dst).next() - 1, List.of());
      }
    }
  }

  private void sendAppend(Id dst, long prev, List<PlainLogEntry> entries) {
    long end = prev + entries.size();
    String mid = writer.append(dst, term, prev, log.term(prev), entries, raft.committed());
    for (Id id : dst.isBroadcast() ? host.others() : List.of(dst)) {
      PeerProgress peer = peers.get(id);
      if (!entries.isEmpty()) {
        peer.sent(host.nowMillis());
      }
      if (style.has(StyleTrait.ACK_FLAG) && (!entries.isEmpty() || !style.has(StyleTrait.SILENT))) {
        peer.expectFlag(end);
        lostCount |= peer.unanswered() > MOST_UNANSWERED && peer.match() > 0;
      }
      if (style.has(StyleTrait.MIDS_ECHOED)) {
        peer.expect(mid, end);
      }
    }
  }

  /** Whether there is something to send: known to be missing, or of this term and not confirmed. */
  private boolean lacks(PeerProgress peer) {
    return peer.match() < log.last() && (peer.next() <= log.last() || log.lastTerm() == term);
  }

  /** Sends entries to those that lack some and whose last ones are answered, or lost. */
  private void replicate(boolean beat) {
    if (style.has(StyleTrait.AT_TICK) && !beat) {
      return;
    }
    if (bug.sendsOnce()) {
      sendOnce();
      return;
    }
    long now = host.nowMillis();
    List<Id> ready =
        host.others().stream()
            .filter(id -> lacks(peers.get(id)))
            .filter(id -> !peers.get(id).isWaiting() || now >= peers.get(id).resendAt(style))
            .toList();
    boolean most = ready.size() >= raft.majority() - 1;
    if (hasNew && most && style.has(StyleTrait.ENTRIES_TO_ALL)) {
      long from = peers.values().stream().mapToLong(PeerProgress::next).max().orElseThrow();
      if (from <= log.last()) {
        sendAppend(Id.BROADCAST, from - 1, log.chunk(from, writer, CHUNK));
        ready = List.of();
      }
    }
    hasNew = false;
    ready.forEach(this::sendEntries);
    if (lostCount) {
      raft.stepDown();
      return;
    }
    advance();
  }

  private void sendEntries(Id id) {
    boolean whole = style.has(StyleTrait.WHOLE_LOG) && log.fits(writer, CHUNK);
    PeerProgress peer = peers.get(id);
    long from = whole ? 1 : peer.next();
    // To one that did not answer the last one, no more than an entry, until it does.
    int room = peer.isWaiting() && !whole ? 0 : CHUNK;
    List<PlainLogEntry> entries = log.chunk(from, writer, room);
    if (!entries.isEmpty()) {
      sendAppend(id, from - 1, entries);
    }
  }

  private void sendOnce() {
    int room = bug == PlainBug.APPENDS_BLINDLY ? 0 : CHUNK;
    for (Id id : host.others()) {
      PeerProgress peer = peers.get(id);
      while (peer.next() <= log.last()) {
        List<PlainLogEntry> entries = log.chunk(peer.next(), writer, room);
        sendAppend(id, peer.next() - 1, entries);
        peer.skipTo(peer.next() + entries.size());
      }
    }
    advance();
  }

  /** Commits what a majority has, if it is of this term (§5.4.2). */
  private void advance() {
    List<Long> matches = new ArrayList<>(List.of(log.last()));
    peers.values().forEach(peer -> matches.add(peer.match()));
    matches.sort(Collections.reverseOrder());
    long index = matches.get(raft.majority() - 1);
    if (index > raft.committed() && log.term(index) == term) {
      raft.commitUpTo(index);
      if (style.has(StyleTrait.COMMIT_NOTICE) && index > noticed) {
        noticed = index;
        host.others().forEach(id -> writer.commit(id, term, index, term));
      }
    }
  }
}
