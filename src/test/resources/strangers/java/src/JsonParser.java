import java.util.*;

/** Small JSON parser: objects, arrays, strings. Everything else is kept as its text. */
public class JsonParser {
    private final String text;
    private int pos = 0;

    public JsonParser(String text) { this.text = text; }

    public Map<String, Object> parseObject() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        if (peek() == '}') { pos++; return map; }
        while (true) {
            peek();
            String key = parseString();
            expect(':');
            map.put(key, parseValue());
            if (peek() == ',') { pos++; continue; }
            expect('}');
            return map;
        }
    }

    private Object parseValue() {
        char c = peek();
        if (c == '{') return parseObject();
        if (c == '[') return parseArray();
        if (c == '"') return parseString();
        int start = pos;
        while (pos < text.length() && ",}] \n\t\r".indexOf(text.charAt(pos)) < 0) pos++;
        return text.substring(start, pos);
    }

    private List<Object> parseArray() {
        List<Object> list = new ArrayList<>();
        expect('[');
        if (peek() == ']') { pos++; return list; }
        while (true) {
            list.add(parseValue());
            if (peek() == ',') { pos++; continue; }
            expect(']');
            return list;
        }
    }

    private String parseString() {
        expect('"');
        StringBuilder sb = new StringBuilder();
        while (text.charAt(pos) != '"') {
            char c = text.charAt(pos++);
            if (c != '\\') { sb.append(c); continue; }
            char e = text.charAt(pos++);
            switch (e) {
                case 'n': sb.append('\n'); break;
                case 't': sb.append('\t'); break;
                case 'r': sb.append('\r'); break;
                case 'b': sb.append('\b'); break;
                case 'f': sb.append('\f'); break;
                case 'u':
                    sb.append((char) Integer.parseInt(text.substring(pos, pos + 4), 16));
                    pos += 4;
                    break;
                default: sb.append(e);
            }
        }
        pos++;
        return sb.toString();
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(pos))) pos++;
        return text.charAt(pos);
    }

    private void expect(char c) {
        if (peek() != c) throw new IllegalArgumentException("expected " + c + " at " + pos);
        pos++;
    }
}
