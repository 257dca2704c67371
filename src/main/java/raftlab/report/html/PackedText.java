package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Text that is compressed and written in characters that need no escaping in HTML. */
final class PackedText {
  private PackedText() {}

  /** Writes JSON. */
  interface JsonContent {
    /** Writes one value. */
    void write(JsonWriter json) throws IOException;
  }

  /** Packs a list of texts. */
  static String ofJson(List<String> texts) throws IOException {
    return of(
        json -> {
          json.beginArray();
          for (String text : texts) {
            json.value(text);
          }
          json.endArray();
        });
  }

  /** Packs a JSON value: gzip, then base 64. */
  static String of(JsonContent content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BestGzip zip = new BestGzip(bytes);
        Writer text =
            new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 15)) {
      JsonWriter json = new JsonWriter(text);
      content.write(json);
      json.flush();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Compresses as well as gzip can. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 1 << 15);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
