/** An update that was sent and not yet acknowledged. */
public class SentBatch {
    public final Peer peer;
    public final int previousIndex;
    public final int lastIndex;
    public final long time = Timer.now();

    public SentBatch(Peer peer, int previousIndex, int lastIndex) {
        this.peer = peer;
        this.previousIndex = previousIndex;
        this.lastIndex = lastIndex;
    }

    public boolean isTooOld() { return Timer.now() - time > 3000; }
}
