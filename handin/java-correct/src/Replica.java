import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A Raft replica, in memory. Gets are entries of the log like puts, so no read can be stale. */
public class Replica {
    static final int HEARTBEAT = 150, ELECTION = 500, RETRY = 100, HOLD = 1000, FLUSH = 8;     // ms
    static final int MAX_BATCH = 30_000, MAX_ENTRY = 55_000;                                   // bytes

    enum Role { FOLLOWER, CANDIDATE, LEADER }

    /** A log entry; request is set where a client waits for it. */
    static class Entry {
        long term;
        String kind, key = "", value = "";      // kind: put, get or noop
        Map<String, Object> request;
    }

    /** What the leader knows of a follower. */
    static class Peer {
        int next, match;
        long sent, heard;
        boolean known;          // whether match was confirmed in this term
    }

    record Held(long deadline, Map<String, Object> request) {}

    final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    final Random random = new Random();
    final int port;
    final String me;
    final List<String> others;

    long term = 0;
    String votedFor = null;
    final List<Entry> log = new ArrayList<>();
    int commit = 0, applied = 0;
    final Map<String, String> store = new HashMap<>();
    Role role = Role.FOLLOWER;
    String leader = "FFFF";
    final Set<String> votes = new HashSet<>();
    final Map<String, Peer> peers = new HashMap<>();
    List<Held> held = new ArrayList<>();
    long now = System.nanoTime() / 1_000_000, electionAt, askAt, flushAt;

    Replica(int port, String me, List<String> others) throws IOException {
        this.port = port;
        this.me = me;
        this.others = others;
        Entry zero = new Entry();       // indexes start at 1
        zero.kind = "noop";
        log.add(zero);
    }

    public static void main(String[] args) throws IOException {
        new Replica(Integer.parseInt(args[0]), args[1], Arrays.asList(args).subList(2, args.length)).run();
    }

    void run() throws IOException {
        socket.setReceiveBufferSize(1 << 20);
        send("FFFF", "hello", Map.of());
        resetElectionTimer();
        byte[] buffer = new byte[65_536];
        while (true) {
            socket.setSoTimeout(5);
            try {
                for (int i = 0; i < 100; i++) {         // first all that came, then the timers
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    now = System.nanoTime() / 1_000_000;
                    receive(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
                    socket.setSoTimeout(1);
                }
            } catch (SocketTimeoutException nothingCame) {
                // timers
            }
            now = System.nanoTime() / 1_000_000;
            tick();
        }
    }

    // ---- messages ----

    void send(String dst, String type, Map<String, Object> fields) {
        Map<String, Object> message = new HashMap<>(fields);
        message.putAll(Map.of("src", me, "dst", dst, "leader", leader, "type", type));
        byte[] bytes = Json.write(message).getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException lost) {
            // as if the network had lost it
        }
    }

    void answer(Map<String, Object> request, String type, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("MID", request.get("MID"));
        send((String) request.get("src"), type, all);
    }

    void receive(String text) {
        Map<String, Object> m;
        try {
            m = Json.read(text);
            if (others.contains(m.get("src"))) {
                onPeer((String) m.get("src"), m);
            } else if ("get".equals(m.get("type")) || "put".equals(m.get("type"))) {
                serve(m, now + HOLD);
            }
        } catch (RuntimeException notOurs) {
            System.err.println("ignored: " + notOurs);
        }
    }

    void onPeer(String from, Map<String, Object> m) {
        String type = (String) m.get("type");
        if (!List.of("RequestVote", "Vote", "AppendEntries", "Appended").contains(type)) {
            return;
        }
        long theirs = (Long) m.get("term");
        if (theirs > term) {
            follow(theirs);
        }
        switch (type) {
            case "RequestVote" -> onRequestVote(from, m, theirs);
            case "Vote" -> {
                if (role == Role.CANDIDATE && theirs == term && (Boolean) m.get("granted")) {
                    votes.add(from);
                }
            }
            case "AppendEntries" -> onAppendEntries(from, m, theirs);
            default -> onAppended(from, m, theirs);
        }
    }

    // ---- elections: 5.2, 5.4.1 ----

    void resetElectionTimer() {
        electionAt = now + ELECTION + random.nextInt(ELECTION);
    }

    void follow(long newTerm) {
        if (newTerm > term) {
            term = newTerm;
            votedFor = null;
            leader = "FFFF";
        }
        if (role == Role.LEADER) {
            leader = "FFFF";
            resetElectionTimer();
        }
        role = Role.FOLLOWER;
    }

    void campaign() {
        term++;
        role = Role.CANDIDATE;
        leader = "FFFF";
        votedFor = me;
        votes.clear();
        votes.add(me);
        resetElectionTimer();
        askForVotes();
    }

    void askForVotes() {
        askAt = now + RETRY;
        for (String other : others) {
            if (!votes.contains(other)) {
                send(other, "RequestVote", Map.of("term", term, "lastLogIndex", last(), "lastLogTerm", log.get(last()).term));
            }
        }
    }

    void onRequestVote(String from, Map<String, Object> m, long theirs) {
        long lastTerm = log.get(last()).term, theirLastTerm = (Long) m.get("lastLogTerm");
        boolean upToDate = theirLastTerm > lastTerm || theirLastTerm == lastTerm && (Long) m.get("lastLogIndex") >= last();
        boolean granted = theirs == term && upToDate && role == Role.FOLLOWER && (votedFor == null || votedFor.equals(from));
        if (granted) {
            votedFor = from;
            resetElectionTimer();
        }
        send(from, "Vote", Map.of("term", term, "granted", granted));
    }

    void lead() {
        role = Role.LEADER;
        leader = me;
        peers.clear();
        for (String other : others) {
            Peer peer = new Peer();
            peer.next = last() + 1;
            peer.heard = now;
            peers.put(other, peer);
        }
        append("noop", null);           // commits the entries of earlier terms: 5.4.2
    }

    // ---- the log: 5.3, 5.4.2 ----

    int last() {
        return log.size() - 1;
    }

    void append(String kind, Map<String, Object> request) {
        Entry entry = new Entry();
        entry.term = term;
        entry.kind = kind;
        entry.request = request;
        if (request != null) {
            entry.key = (String) request.get("key");
            entry.value = kind.equals("put") ? (String) request.get("value") : "";
        }
        log.add(entry);
        if (flushAt == 0) {
            flushAt = now + FLUSH;      // so that several requests share a message
        }
    }

    void sendEntries(String to) {
        Peer peer = peers.get(to);
        int prev = peer.next - 1, size = 0;
        List<Object> entries = new ArrayList<>();
        while (peer.next <= last() && size < MAX_BATCH) {
            Entry entry = log.get(peer.next);
            Map<String, Object> fields = Map.of("term", entry.term, "kind", entry.kind, "key", entry.key, "value", entry.value);
            int more = Json.write(fields).getBytes(StandardCharsets.UTF_8).length;
            if (!entries.isEmpty() && size + more > MAX_BATCH) {
                break;
            }
            size += more;
            entries.add(fields);
            peer.next++;
        }
        peer.sent = now;
        send(to, "AppendEntries", Map.of("term", term, "prevLogIndex", prev, "prevLogTerm", log.get(prev).term,
                "leaderCommit", commit, "entries", entries));
    }

    @SuppressWarnings("unchecked")
    void onAppendEntries(String from, Map<String, Object> m, long theirs) {
        if (theirs < term) {
            send(from, "Appended", Map.of("term", term, "success", false, "index", 0));
            return;
        }
        follow(theirs);
        leader = from;
        resetElectionTimer();
        int prev = ((Long) m.get("prevLogIndex")).intValue();
        if (prev > last() || log.get(prev).term != (Long) m.get("prevLogTerm")) {
            int hint = Math.min(prev, last() + 1);      // the first entry of the term that does not fit
            while (hint > commit + 1 && hint <= last() && log.get(hint - 1).term == log.get(hint).term) {
                hint--;
            }
            send(from, "Appended", Map.of("term", term, "success", false, "index", Math.max(hint, 1)));
            return;
        }
        int index = prev;
        for (Object each : (List<Object>) m.get("entries")) {
            Map<String, Object> fields = (Map<String, Object>) each;
            long entryTerm = (Long) fields.get("term");
            index++;
            if (index <= last() && log.get(index).term != entryTerm) {
                while (last() >= index) {               // a conflict: these were never committed
                    Entry lost = log.remove(last());
                    if (lost.request != null) {
                        answer(lost.request, "redirect", Map.of());
                    }
                }
            }
            if (index > last()) {
                Entry entry = new Entry();
                entry.term = entryTerm;
                entry.kind = (String) fields.get("kind");
                entry.key = (String) fields.get("key");
                entry.value = (String) fields.get("value");
                log.add(entry);
            }
        }
        commitTo(Math.min(((Long) m.get("leaderCommit")).intValue(), index));
        send(from, "Appended", Map.of("term", term, "success", true, "index", index));
    }

    void onAppended(String from, Map<String, Object> m, long theirs) {
        if (role != Role.LEADER || theirs != term) {
            return;
        }
        Peer peer = peers.get(from);
        peer.heard = now;
        int index = ((Long) m.get("index")).intValue();
        if ((Boolean) m.get("success")) {
            peer.known = true;
            peer.match = Math.max(peer.match, Math.min(index, last()));
            peer.next = Math.max(peer.next, peer.match + 1);
            int[] matches = peers.values().stream().mapToInt(p -> p.match).sorted().toArray();
            // With ourselves, a majority has the entry that half of the others have.
            int majority = matches[matches.length - (others.size() + 1) / 2];
            if (log.get(majority).term == term) {
                commitTo(majority);
            }
        } else if (!peer.known && index < peer.next) {
            peer.next = Math.max(index, 1);
            sendEntries(from);
        }
        if (peer.known && peer.match == peer.next - 1 && peer.next <= last() && flushAt == 0) {
            sendEntries(from);          // it is behind by more than a message
        }
    }

    void commitTo(int index) {
        commit = Math.max(commit, Math.min(index, last()));
        while (applied < commit) {
            Entry entry = log.get(++applied);
            if (entry.kind.equals("put")) {
                store.put(entry.key, entry.value);
            }
            if (entry.request != null) {
                answer(entry.request, "ok", entry.kind.equals("get") ? Map.of("value", store.getOrDefault(entry.key, "")) : Map.of());
                entry.request = null;
            }
        }
    }

    // ---- clients: 8 ----

    void serve(Map<String, Object> request, long deadline) {
        if (role == Role.LEADER) {
            if (Json.write(request).getBytes(StandardCharsets.UTF_8).length > MAX_ENTRY) {
                answer(request, "fail", Map.of());
            } else {
                append((String) request.get("type"), request);
            }
        } else if (!leader.equals("FFFF")) {
            answer(request, "redirect", Map.of());
        } else {
            held.add(new Held(deadline, request));
        }
    }

    // ---- timers ----

    void tick() {
        if (role == Role.CANDIDATE && votes.size() > (others.size() + 1) / 2) {
            lead();
        }
        if (role == Role.CANDIDATE && now >= askAt) {
            askForVotes();
        }
        if (role != Role.LEADER && now >= electionAt) {
            campaign();
        }
        if (role == Role.LEADER) {
            tickLeader();
        }
        List<Held> waiting = held;
        held = new ArrayList<>();
        for (Held each : waiting) {
            if (now >= each.deadline && role != Role.LEADER) {
                answer(each.request, "redirect", Map.of());
            } else {
                serve(each.request, each.deadline);
            }
        }
    }

    void tickLeader() {
        long heard = peers.values().stream().filter(peer -> now - peer.heard < 2 * ELECTION).count();
        if (heard + 1 <= (others.size() + 1) / 2) {
            follow(term);               // cut off from the majority: another may lead
            return;
        }
        boolean flush = flushAt != 0 && now >= flushAt;
        if (flush) {
            flushAt = 0;
        }
        for (String other : others) {
            Peer peer = peers.get(other);
            if (now - peer.sent >= HEARTBEAT) {
                if (peer.known) {
                    peer.next = peer.match + 1;         // what was not acknowledged is sent again
                }
                sendEntries(other);
            } else if (flush && peer.next <= last()) {
                sendEntries(other);
            }
        }
    }
}
