import java.util.*;

public class Message {
    private final Map<String, Object> fields;

    public Message(Map<String, Object> fields) { this.fields = fields; }

    public Message(String src, String dst, String leader, String type, String mid) {
        fields = new LinkedHashMap<>();
        fields.put("src", src);
        fields.put("dst", dst);
        fields.put("leader", leader);
        fields.put("type", type);
        if (mid != null) fields.put("MID", mid);
    }

    public Message with(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    public Map<String, Object> getFields() { return fields; }
    public String get(String name) { return (String) fields.get(name); }
    public int getNumber(String name) { return Integer.parseInt(get(name)); }
    public String getSource() { return get("src"); }
    public String getType() { return get("type"); }
    public String getMid() { return get("MID"); }

    @SuppressWarnings("unchecked")
    public List<LogEntry> getEntries(String name) {
        List<LogEntry> result = new ArrayList<>();
        for (Object o : (List<Object>) fields.get(name)) {
            result.add(LogEntry.fromMap((Map<String, Object>) o));
        }
        return result;
    }
}
