import java.util.*;

public class JsonWriter {
    public static String write(Object o) {
        StringBuilder sb = new StringBuilder();
        write(o, sb);
        return sb.toString();
    }

    private static void write(Object o, StringBuilder sb) {
        String separator = "";
        if (o instanceof Map) {
            sb.append('{');
            for (Map.Entry<?, ?> e : ((Map<?, ?>) o).entrySet()) {
                sb.append(separator);
                writeString(e.getKey().toString(), sb);
                sb.append(": ");
                write(e.getValue(), sb);
                separator = ", ";
            }
            sb.append('}');
        } else if (o instanceof List) {
            sb.append('[');
            for (Object x : (List<?>) o) {
                sb.append(separator);
                write(x, sb);
                separator = ", ";
            }
            sb.append(']');
        } else {
            writeString(String.valueOf(o), sb);   // numbers are strings too
        }
    }

    private static void writeString(String s, StringBuilder sb) {
        sb.append('"');
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\') sb.append('\\').append(c);
            else if (c < 32) sb.append(String.format("\\u%04x", (int) c));
            else sb.append(c);
        }
        sb.append('"');
    }
}
