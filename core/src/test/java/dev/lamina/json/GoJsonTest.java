// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoJsonTest {
  private static String write(JsonElement element) {
    return new String(GoJson.write(element), StandardCharsets.UTF_8);
  }

  private static JsonElement parse(String json) throws InvalidJsonException {
    return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), "test", 1 << 20);
  }

  /** The expected text is the label BuildKit 0.25 wrote for these characters. */
  @Test
  void stringsAreEscapedAsGoEscapesThem() {
    assertThat(write(new JsonPrimitive("x\u0001\b\f\n\r\t\u001f\u007f\u2028\u2029/<&>'\"\\😀é")))
        .isEqualTo(
            "\"x\\u0001\\b\\f\\n\\r\\t\\u001f\u007f\\u2028\\u2029/"
                + "\\u003c\\u0026\\u003e'\\\"\\\\😀é\"");
  }

  @Test
  void byteThatIsNotUtf8BecomesTheReplacementCharacter() {
    assertThat(write(new JsonPrimitive("a\udcffb"))).isEqualTo("\"a\ufffdb\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[1,-0.50,1e400,123456789012345678901234567890,true,false,null]",
        "{\"b\":{\"z\":[{}],\"a\":\"\"},\"a\":[[]]}"
      })
  void whatWasReadIsWrittenBack(String json) throws InvalidJsonException {
    assertThat(write(parse(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T05:29:49.92913579Z, 2026-11-24T05:29:49.92913579Z",
    "2026-11-24T05:29:49.100Z, 2026-11-24T05:29:49.1Z",
    "2026-11-24T05:29:49.000000001Z, 2026-11-24T05:29:49.000000001Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
  })
  void timesAreWrittenWithAsManyDigitsAsTheyNeed(String time, String expected) {
    assertThat(GoJson.time(Instant.parse(time))).isEqualTo(expected);
  }

  @Test
  void timeOfFiveDigitYearIsRefused() {
    assertThatThrownBy(() -> GoJson.time(Instant.parse("+10000-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}{}",
        "{} x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "[01]",
        "[+1]",
        "[.5]",
        "[NaN]",
        "[TRUE]",
        "nul",
        "\"\t\"",
        "\"\\x\"",
        "// c\n{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\"=1}",
        "[1;2]",
        "\ufeff{}"
      })
  void whatIsNotJsonIsRefused(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageStartingWith("test: ");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void invalidUtf8IsRefused() {
    assertThatThrownBy(() -> StrictJson.parse(new byte[] {'"', (byte) 0xff, '"'}, "test", 100))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("test: expected JSON in UTF-8, found other bytes");
  }

  @Test
  void documentOverTheLimitIsRefusedUnread() {
    assertThatThrownBy(() -> StrictJson.parse(new byte[11], "test", 10))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("test: expected at most 10 bytes of JSON, found 11");
  }

  @Test
  void wrongTypeIsNamedWithItsPlace() throws InvalidJsonException {
    JsonFields fields = JsonFields.of(parse("{\"a\":[{\"b\":1}]}").getAsJsonObject(), "doc");
    JsonFields inner = fields.list("a").get(0);
    assertThatThrownBy(() -> inner.string("b"))
        .hasMessage("doc.a[0].b: expected a string, found a number");
    assertThatThrownBy(() -> inner.requireString("c"))
        .hasMessage("doc.a[0].c: expected a string, found none");
  }
}
