import java.util.*;

public class LogEntry {
    private final int term;
    private final String command;   // "get" or "put"
    private final String key;
    private final String value;

    public LogEntry(int term, String command, String key, String value) {
        this.term = term;
        this.command = command;
        this.key = key;
        this.value = value;
    }

    public static LogEntry fromMap(Map<String, Object> m) {
        return new LogEntry(Integer.parseInt((String) m.get("entryTerm")), (String) m.get("command"),
                (String) m.get("key"), (String) m.get("value"));
    }

    public Map<String, Object> toMap() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("entryTerm", term);
        m.put("command", command);
        m.put("key", key);
        if (value != null) m.put("value", value);
        return m;
    }

    public int getTerm() { return term; }
    public boolean isGet() { return command.equals("get"); }
    public String getKey() { return key; }
    public String getValue() { return value; }
}
