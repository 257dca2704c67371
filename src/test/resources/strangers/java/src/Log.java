import java.util.*;

/** The log. The first entry has index 0; the last index of an empty log is -1. */
public class Log {
    private final List<LogEntry> entries = new ArrayList<>();

    public int lastIndex() { return entries.size() - 1; }
    public int lastTerm() { return termAt(lastIndex()); }
    public int termAt(int index) { return index < 0 ? -1 : entries.get(index).getTerm(); }
    public LogEntry get(int index) { return entries.get(index); }
    public void add(LogEntry e) { entries.add(e); }

    public boolean matches(int index, int term) {
        return index <= lastIndex() && termAt(index) == term;
    }

    /** Puts the entries after index previous; deletes what conflicts. */
    public void merge(int previous, List<LogEntry> news) {
        int index = previous + 1;
        for (LogEntry e : news) {
            if (index <= lastIndex() && termAt(index) != e.getTerm()) {
                entries.subList(index, entries.size()).clear();
            }
            if (index > lastIndex()) entries.add(e);
            index++;
        }
    }

    public List<Object> from(int index, int max) {
        List<Object> result = new ArrayList<>();
        for (int i = index; i <= lastIndex() && result.size() < max; i++) {
            result.add(entries.get(i).toMap());
        }
        return result;
    }

    public boolean isOlderOrSame(int otherLastIndex, int otherLastTerm) {
        if (otherLastTerm != lastTerm()) return otherLastTerm > lastTerm();
        return otherLastIndex >= lastIndex();
    }
}
