import java.util.*;

public class Replica {
    private static final String NOBODY = "FFFF";
    private static final String EVERYBODY = "FFFF";
    private static final int MAX_ENTRIES = 100;

    private final String id;
    private final List<String> others;
    private final Mailbox mailbox;
    private final MidMaker midMaker = new MidMaker();
    private final Log log = new Log();
    private final StateMachine stateMachine = new StateMachine();
    private final Timer electionTimer = new Timer(350, 700);
    private final Timer heartbeatTimer = new Timer(120, 120);
    private final Timer batchTimer = new Timer(20, 20);

    private Role role = Role.FOLLOWER;
    private String leader = NOBODY;
    private int term = 0;
    private String votedFor = null;
    private int commitIndex = -1;
    private int lastApplied = -1;

    // candidate
    private String electionMid = null;
    private final Set<String> votes = new HashSet<>();
    // leader
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<String, SentBatch> sentBatches = new LinkedHashMap<>();
    private final Map<Integer, Message> pending = new TreeMap<>();
    private boolean somethingNew = false;
    // requests that came while there was no leader
    private final List<Message> waiting = new ArrayList<>();

    public Replica(String id, List<String> others, Mailbox mailbox) {
        this.id = id;
        this.others = others;
        this.mailbox = mailbox;
    }

    public void sayHello() { mailbox.send(create(EVERYBODY, "hello", null)); }

    private Message create(String dst, String type, String mid) {
        return new Message(id, dst, leader, type, mid);
    }

    private Message createRaft(String dst, String type, String mid) {
        return create(dst, type, mid).with("term", term);
    }

    private boolean isMajority(int count) { return count > (others.size() + 1) / 2; }

    public void tick() {
        if (role == Role.LEADER) {
            if (heartbeatTimer.isOver()) {
                heartbeatTimer.reset();
                sentBatches.values().removeIf(SentBatch::isTooOld);
                for (Peer p : peers.values()) sendUpdate(p);
            } else if (somethingNew && batchTimer.isOver()) {
                batchTimer.reset();
                somethingNew = false;
                for (Peer p : peers.values()) {
                    if (p.getMatchIndex() < log.lastIndex()) sendUpdate(p);
                }
            }
        } else if (electionTimer.isOver()) {
            startElection();
        }
    }

    public void handle(Message m) {
        switch (m.getType()) {
            case "get":
            case "put": handleClient(m); break;
            case "VoteForMe": checkTerm(m); handleVoteForMe(m); break;
            case "VoteAnswer": checkTerm(m); handleVoteAnswer(m); break;
            case "UpdateLog": checkTerm(m); handleUpdateLog(m); break;
            case "UpdateAck": checkTerm(m); handleUpdateAck(m); break;
            default: System.err.println(id + " unknown type " + m.getType());
        }
    }

    private void checkTerm(Message m) {
        int t = m.getNumber("term");
        if (t > term) {
            term = t;
            votedFor = null;
            leader = NOBODY;
            becomeFollower();
        }
    }

    private void becomeFollower() {
        if (role == Role.LEADER) {
            for (Message m : pending.values()) mailbox.send(create(m.getSource(), "fail", m.getMid()));
            pending.clear();
            sentBatches.clear();
            electionTimer.reset();
        }
        role = Role.FOLLOWER;
    }

    // ---------- clients ----------

    private void handleClient(Message m) {
        if (role == Role.LEADER) {
            log.add(new LogEntry(term, m.getType(), m.get("key"), m.get("value")));
            pending.put(log.lastIndex(), m);
            somethingNew = true;
        } else if (leader.equals(NOBODY)) {
            waiting.add(m);
        } else {
            mailbox.send(create(m.getSource(), "redirect", m.getMid()));
        }
    }

    private void handleWaiting() {
        List<Message> copy = new ArrayList<>(waiting);
        waiting.clear();
        for (Message m : copy) handleClient(m);
    }

    // ---------- elections ----------

    private void startElection() {
        electionTimer.reset();
        role = Role.CANDIDATE;
        term++;
        leader = NOBODY;
        votedFor = id;
        votes.clear();
        votes.add(id);
        electionMid = midMaker.next();
        mailbox.send(createRaft(EVERYBODY, "VoteForMe", electionMid)
                .with("myLastIndex", log.lastIndex()).with("myLastTerm", log.lastTerm()));
    }

    private void handleVoteForMe(Message m) {
        String candidate = m.getSource();
        boolean yes = m.getNumber("term") == term
                && (votedFor == null || votedFor.equals(candidate))
                && log.isOlderOrSame(m.getNumber("myLastIndex"), m.getNumber("myLastTerm"));
        if (yes) {
            votedFor = candidate;
            electionTimer.reset();
        }
        mailbox.send(createRaft(candidate, "VoteAnswer", m.getMid()).with("answer", yes ? "yes" : "no"));
    }

    private void handleVoteAnswer(Message m) {
        if (role != Role.CANDIDATE || !m.getMid().equals(electionMid)) return;
        if (m.get("answer").equals("yes")) votes.add(m.getSource());
        if (isMajority(votes.size())) becomeLeader();
    }

    private void becomeLeader() {
        System.err.println(id + " is leader of term " + term);
        role = Role.LEADER;
        leader = id;
        peers.clear();
        sentBatches.clear();
        for (String other : others) peers.put(other, new Peer(other, log.lastIndex() + 1));
        heartbeatTimer.reset();
        handleWaiting();
        for (Peer p : peers.values()) sendUpdate(p);
    }

    // ---------- replication ----------

    private void sendUpdate(Peer peer) {
        int previous = peer.getNextIndex() - 1;
        List<Object> entries = log.from(peer.getNextIndex(), MAX_ENTRIES);
        String mid = midMaker.next();
        sentBatches.put(mid, new SentBatch(peer, previous, previous + entries.size()));
        mailbox.send(createRaft(peer.getId(), "UpdateLog", mid)
                .with("previousIndex", previous).with("previousTerm", log.termAt(previous))
                .with("committed", commitIndex).with("entries", entries));
    }

    private void handleUpdateLog(Message m) {
        boolean good = m.getNumber("term") == term;
        if (good) {
            becomeFollower();
            electionTimer.reset();
            leader = m.getSource();
            handleWaiting();
            int previous = m.getNumber("previousIndex");
            good = log.matches(previous, m.getNumber("previousTerm"));
            if (good) {
                List<LogEntry> entries = m.getEntries("entries");
                log.merge(previous, entries);
                commitIndex = Math.max(commitIndex,
                        Math.min(m.getNumber("committed"), previous + entries.size()));
                applyCommitted();
            }
        }
        mailbox.send(createRaft(m.getSource(), "UpdateAck", m.getMid()).with("result", good ? "accepted" : "rejected"));
    }

    private void handleUpdateAck(Message m) {
        SentBatch batch = sentBatches.remove(m.getMid());
        if (role != Role.LEADER || batch == null) return;
        if (m.get("result").equals("accepted")) {
            batch.peer.accepted(batch.lastIndex);
            if (batch.peer.getMatchIndex() < log.lastIndex()) somethingNew = true;
            advanceCommit();
        } else {
            batch.peer.rejected(batch.previousIndex);
            sendUpdate(batch.peer);
        }
    }

    private void advanceCommit() {
        for (int n = log.lastIndex(); n > commitIndex && log.termAt(n) == term; n--) {
            int count = 1;
            for (Peer p : peers.values()) if (p.getMatchIndex() >= n) count++;
            if (isMajority(count)) {
                commitIndex = n;
                break;
            }
        }
        applyCommitted();
    }

    private void applyCommitted() {
        while (lastApplied < commitIndex) {
            lastApplied++;
            String value = stateMachine.apply(log.get(lastApplied));
            Message request = pending.remove(lastApplied);
            if (request != null && role == Role.LEADER) {
                Message ok = create(request.getSource(), "ok", request.getMid());
                if (value != null) ok.with("value", value);
                mailbox.send(ok);
            }
        }
    }
}
