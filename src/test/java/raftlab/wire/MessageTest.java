package raftlab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
  private static final String PUT =
      """
      {"src":"0015","dst":"0002","leader":"FFFF","type":"put","MID":"m1","key":"k","value":"v"}""";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_complaint_is_short_and_printable_for_any_datagram() {
    String name = "\\u001b[2J" + "k".repeat(60_000);
    byte[] datagram = ("{\"" + name + "\":{\"\\u001b[31m\":tru}}").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Message.parseHeader(datagram))
        .isInstanceOf(MalformedMessageException.class)
        .message()
        .startsWith("not JSON: ")
        .hasSizeLessThan(200)
        .matches(text -> text.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void a_message_is_read_as_it_was_written() throws Exception {
    Message message = Message.parse(bytes(PUT + "\n"));
    assertThat(message.src()).isEqualTo(Id.of(0x15));
    assertThat(message.dst()).isEqualTo(Id.of(2));
    assertThat(message.leader()).isSameAs(Id.BROADCAST);
    assertThat(message.type()).isEqualTo("put");
    assertThat(message.mid()).isEqualTo("m1");
    assertThat(message.textOrNull("value")).isEqualTo("v");
    assertThat(message.textOrNull("nothing")).isNull();
  }

  @Test
  void a_scanned_message_passes_its_bytes_on_untouched() throws Exception {
    String odd =
        "{ \"type\" : \"x\", \"b\":[1, {\"c\": 1.50e3}], \"leader\":\"0001\",\"dst\":\"0003\",\"src\":\"0001\" }\r\n";
    Message message = Message.parseHeader(bytes(odd));
    assertThat(message.bytes()).isEqualTo(bytes(odd));
    assertThat(message.dst()).isEqualTo(Id.of(3));
    assertThat(message.fields().get("b").getAsJsonArray()).hasSize(2);
  }

  @Test
  void what_is_rendered_is_read_back_with_all_unusual_characters() throws Exception {
    String value = "quote \" backslash \\ newline \n unicode é 漢 \uD83D\uDE00 <html> \u2028 \u0000";
    Message message = Message.put(Id.of(0x15), Id.of(0), Id.of(1), "m", "", value);
    Message back = Message.parse(message.bytes());
    assertThat(back.textOrNull("key")).isEmpty();
    assertThat(back.textOrNull("value")).isEqualTo(value);
    assertThat(back.toString()).isEqualTo(message.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello                                                          | not JSON",
        "``                                                             | not JSON",
        "[1,2]                                                          | not a JSON object",
        "{\"src\":\"0001\"                                              | not JSON",
        "{\"src\":\"0001\"} {}                                          | more follows",
        "{\"dst\":\"0001\",\"leader\":\"0001\",\"type\":\"x\"}          | required field \"src\" is missing",
        "{\"src\":\"0001\",\"leader\":\"0001\",\"type\":\"x\"}          | required field \"dst\" is missing",
        "{\"src\":\"0001\",\"dst\":\"0001\",\"type\":\"x\"}             | required field \"leader\" is missing",
        "{\"src\":\"0001\",\"dst\":\"0001\",\"leader\":\"0001\"}        | required field \"type\" is missing",
        "{\"src\":1,\"dst\":\"0001\",\"leader\":\"0001\",\"type\":\"x\"} | field \"src\" is of type number, expected a string",
        "{\"src\":\"1\",\"dst\":\"0001\",\"leader\":\"0001\",\"type\":\"x\"} | field \"src\" is \"1\", expected an ID",
        "{\"src\":\"0001\",\"dst\":\"00aa\",\"leader\":\"0001\",\"type\":\"x\"} | field \"dst\" is \"00aa\", expected an ID",
        "{\"src\":\"0001\",\"dst\":\"0001\",\"leader\":null,\"type\":\"x\"} | field \"leader\" is of type null",
        "{\"src\":\"0001\",\"dst\":\"0001\",\"leader\":\"0001\",\"type\":\"x\",\"MID\":7} | field \"MID\" is of type number",
      })
  void what_breaks_the_contract_is_named(String datagram, String complaint) {
    assertThatThrownBy(() -> Message.parseHeader(bytes(datagram)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(complaint);
    assertThatThrownBy(() -> Message.parse(bytes(datagram)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void deep_nesting_is_a_complaint_and_not_a_crash() {
    String deep = PUT.replace("\"v\"", "[".repeat(60_000));
    assertThatThrownBy(() -> Message.parseHeader(bytes(deep)))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> Message.parse(bytes(deep)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void no_bytes_do_more_than_make_a_complaint() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = bytes(PUT);
      int flips = 1 + random.nextInt(4);
      for (int flip = 0; flip < flips; flip++) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt(256);
      }
      try {
        Message message = Message.parseHeader(datagram);
        message.fields();
      } catch (MalformedMessageException expected) {
        assertThat(expected.getMessage()).isNotBlank().doesNotContain("com.google", "http");
      }
    }
  }

  @Test
  void only_four_upper_case_hexadecimal_digits_are_an_id() {
    assertThat(Id.parse("0AA1").value()).isEqualTo(0xAA1);
    assertThat(Id.of(0xF29A)).hasToString("F29A").isEqualTo(Id.parse("F29A"));
    for (String wrong : new String[] {"", "1", "00001", "00g1", "0aa1", " 001", "-001"}) {
      assertThat(Id.isId(wrong)).as(wrong).isFalse();
    }
  }

  @Test
  void a_message_keeps_the_fields_it_was_made_of() {
    JsonObject fields = new JsonObject();
    fields.addProperty("term", 7);
    Message message = Message.of(Id.of(1), Id.BROADCAST, Id.of(1), "beat", null, fields);
    assertThat(message)
        .hasToString(
            """
            {"src":"0001","dst":"FFFF","leader":"0001","type":"beat","term":7}""");
  }
}
