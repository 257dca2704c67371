import java.util.*;

public class StateMachine {
    private final Map<String, String> store = new HashMap<>();

    /** Returns the value for a get, null for a put. */
    public String apply(LogEntry e) {
        if (e.isGet()) return store.getOrDefault(e.getKey(), "");
        store.put(e.getKey(), e.getValue());
        return null;
    }
}
