/** What the leader knows of a follower. */
public class Peer {
    private final String id;
    private int nextIndex;
    private int matchIndex = -1;

    public Peer(String id, int nextIndex) {
        this.id = id;
        this.nextIndex = nextIndex;
    }

    public void accepted(int lastIndex) {
        matchIndex = Math.max(matchIndex, lastIndex);
        nextIndex = Math.max(nextIndex, matchIndex + 1);
    }

    /** Go back a few entries at once, one by one is too slow. */
    public void rejected(int previousIndex) {
        nextIndex = Math.max(matchIndex + 1, previousIndex - 20);
    }

    public String getId() { return id; }
    public int getNextIndex() { return nextIndex; }
    public int getMatchIndex() { return matchIndex; }
}
